import type { Instant } from '../vocabulary/time.ts';

/** The beginning of a call whose rule does not ask how long it takes. As a number it answers no comparison with yes. */
export const UNTIMED: Instant = Number.NaN;
