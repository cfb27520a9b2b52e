import type { Spec } from '../kit/spec.ts';
import { asyncContext } from './async-context.ts';
import { calls } from './calls.ts';
import { clock } from './clock.ts';
import { errors } from './errors.ts';
import { frozenClock } from './frozen-clock.ts';
import { hookContext } from './hook-context.ts';
import { keeping } from './keeping.ts';
import { modes } from './modes.ts';
import { permits } from './permits.ts';
import { recovery } from './recovery.ts';
import { signals } from './signals.ts';
import { states } from './states.ts';
import { streamContext } from './stream-context.ts';
import { windows } from './windows.ts';

/** What core promises on every engine. Their bundle holds core and nothing else. */
export const coreSpecs: readonly Spec[] = [
  ...states,
  ...permits,
  ...clock,
  ...frozenClock,
  ...errors,
  ...windows,
  ...recovery,
  ...modes,
  ...calls,
  ...signals,
  ...asyncContext,
  ...hookContext,
  ...streamContext,
  ...keeping,
];
