import type { Millis } from '@switchgear/core';
import type { Figure, UnknownFigure } from './figure.ts';
import type { PriceOptions } from './prices.ts';
import type { Tally } from './tally.ts';

/** The figures by name. Those that cannot be known are absent, and `unknown` says why. */
export interface Figures {
  readonly callsSpared: Figure;
  readonly waitingAvoided?: Figure;
  readonly fallbackSuccess?: Figure;
  readonly meanTimeToRecovery?: Figure;
  readonly availabilityWith?: Figure;
  readonly availabilityWithout?: Figure;
  readonly failedCallsAvoided?: Figure;
  readonly revenueKept?: Figure;
  readonly downtimeAvoided?: Figure;
  readonly total?: Figure;
}

/** What all figures are made of. Those that cannot be known add themselves to `unknown`. */
export interface Parts {
  readonly tally: Tally;

  /** Whether settled calls are heard of at all. */
  readonly isSettledKnown: boolean;

  /** How long, in milliseconds. */
  readonly observed: Millis;
  readonly prices: PriceOptions;
  readonly unknown: UnknownFigure[];
}
