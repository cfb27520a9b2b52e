import { aborts } from './themes/aborts.ts';
import { callersErrors } from './themes/callers-errors.ts';
import { clocks } from './themes/clocks.ts';
import { cost } from './themes/cost.ts';
import { evidence } from './themes/evidence.ts';
import type { Theme } from './themes/fault.ts';
import { halfOpenCrowds } from './themes/half-open-crowds.ts';
import { idleBreakers } from './themes/idle-breakers.ts';
import { ignoredProbes } from './themes/ignored-probes.ts';
import { lateAnswers } from './themes/late-answers.ts';
import { listeners } from './themes/listeners.ts';
import { localRefusals } from './themes/local-refusals.ts';
import { lostProbes } from './themes/lost-probes.ts';
import { plainValues } from './themes/plain-values.ts';
import { restoredStates } from './themes/restored-states.ts';
import { workers } from './themes/workers.ts';

/** All themes, in the order of the page. */
export const themes: readonly Theme[] = [
  lostProbes,
  lateAnswers,
  ignoredProbes,
  halfOpenCrowds,
  aborts,
  evidence,
  listeners,
  plainValues,
  localRefusals,
  callersErrors,
  clocks,
  idleBreakers,
  cost,
  workers,
  restoredStates,
];
