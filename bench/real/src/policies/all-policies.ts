import { byDefault, classic } from './ours.ts';
import { cockatielReadme, cockatielSet, none, opossumDefault, opossumSet } from './peers.ts';
import type { Policy } from './policy.ts';

/** In the order of the tables. The first is what the others are compared with. */
export const policies: readonly Policy[] = [
  none,
  byDefault,
  classic,
  opossumSet,
  opossumDefault,
  cockatielSet,
  cockatielReadme,
];
