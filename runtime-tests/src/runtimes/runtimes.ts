import { bun } from './bun.ts';
import { chromium } from './chromium.ts';
import { deno } from './deno.ts';
import { node } from './node.ts';
import { quickjs } from './quickjs.ts';
import type { Runtime } from './runtime.ts';
import { workerd, workerdAcrossRequests, workerdAtTheEdge, workerdModuleScope, workerdSharing } from './workerd.ts';

/** Every line of the matrix, in the order in which they run. */
export const allRuntimes: readonly Runtime[] = [
  node(20),
  node(20, 'require'),
  node(22),
  node(24),
  node(26),
  node(26, 'require'),
  deno,
  bun,
  workerd,
  workerdModuleScope,
  workerdAcrossRequests,
  workerdAtTheEdge,
  workerdSharing,
  chromium,
  quickjs,
];

/** Only in `verify`: every test run has the oldest and the newest version, and the oldest for `require`. */
const BETWEEN = ['node22', 'node24', 'node26-require'];

/** Those of every test run. */
export const runtimes: readonly Runtime[] = allRuntimes.filter(({ name }) => !BETWEEN.includes(name));
