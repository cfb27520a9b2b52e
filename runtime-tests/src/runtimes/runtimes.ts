import { bun } from './bun.ts';
import { chromium } from './chromium.ts';
import { deno } from './deno.ts';
import { node } from './node.ts';
import { quickjs } from './quickjs.ts';
import type { Runtime } from './runtime.ts';
import { workerd, workerdAcrossRequests, workerdAtTheEdge, workerdModuleScope } from './workerd.ts';

/** Every line of the matrix, in the order in which they run. */
export const allRuntimes: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  deno,
  bun,
  workerd,
  workerdModuleScope,
  workerdAcrossRequests,
  workerdAtTheEdge,
  chromium,
  quickjs,
];

/** Those that every test run asks: of the versions of one runtime the oldest and the newest. */
export const runtimes: readonly Runtime[] = allRuntimes.filter(({ name }) => name !== 'node22');
