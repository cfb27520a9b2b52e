import type { Knob } from './policy.ts';

/** A share as people say it. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A time as people say it. */
export const seconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`);

/** The share of calls that opens a circuit. */
export const limit: Knob = { label: 'Limit', least: 0.05, most: 1, step: 0.05, initial: 0.5, says: percent };

/** Calls before a share means anything. */
export const minimumCalls: Knob = {
  label: 'Minimum of calls',
  least: 1,
  most: 100,
  step: 1,
  initial: 20,
  says: String,
};

/** How far back a window looks. */
export const window: Knob = {
  label: 'Window',
  least: 1_000,
  most: 30_000,
  step: 1_000,
  initial: 10_000,
  says: seconds,
};

/** From when on a call is slow. */
export const slowerThan: Knob = {
  label: 'Slow from',
  least: 100,
  most: 2_000,
  step: 100,
  initial: 500,
  says: seconds,
};

/** Failures without a success between them. */
export const inARow: Knob = { label: 'Failures in a row', least: 1, most: 20, step: 1, initial: 5, says: String };

/** Milliseconds for which a circuit is open the first time. */
export const openFor: Knob = {
  label: 'Open for',
  least: 1_000,
  most: 20_000,
  step: 1_000,
  initial: 5_000,
  says: seconds,
};

/** The share of failures at which calling on costs as much as leaving the service alone. */
export const breakEven: Knob = {
  label: 'Break-even',
  least: 0.1,
  most: 0.9,
  step: 0.05,
  initial: 0.5,
  says: percent,
};
