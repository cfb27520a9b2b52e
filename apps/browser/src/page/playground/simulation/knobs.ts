import { percent, seconds } from '../../parts/format.ts';
import type { Knob } from './policy.ts';

/** The share of calls that opens a circuit. */
export const limit: Knob = { label: 'Limit', least: 0.05, most: 1, step: 0.05, initial: 0.5, says: percent };

/** The number of calls needed before a share is evaluated. */
export const minimumCalls: Knob = {
  label: 'Minimum calls',
  least: 1,
  most: 100,
  step: 1,
  initial: 20,
  says: String,
};

/** The length of the window. */
export const window: Knob = {
  label: 'Window',
  least: 1_000,
  most: 30_000,
  step: 1_000,
  initial: 10_000,
  says: seconds,
};

/** The duration from which a call is slow. */
export const slowerThan: Knob = {
  label: 'Slow threshold',
  least: 100,
  most: 2_000,
  step: 100,
  initial: 500,
  says: seconds,
};

/** Consecutive failures. */
export const inARow: Knob = { label: 'Failures in a row', least: 1, most: 20, step: 1, initial: 5, says: String };

/** The first open period, in milliseconds. */
export const openFor: Knob = {
  label: 'Open for',
  least: 1_000,
  most: 20_000,
  step: 1_000,
  initial: 5_000,
  says: seconds,
};

/** The failure rate at which calling costs as much as not calling. */
export const breakEven: Knob = {
  label: 'Break-even',
  least: 0.1,
  most: 0.9,
  step: 0.05,
  initial: 0.5,
  says: percent,
};
