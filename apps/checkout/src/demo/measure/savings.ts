import type { Impact } from '@switchgear/dashboard/impact';
import type { Prices } from '../../orders/prices.ts';
import type { BothSides, Figures } from './figures.ts';

/**
 * The figures that `impact` estimates for the payments, measured by comparing both shops. Each has the same name as there.
 */
export interface Measured {
  /** Calls to payments without breakers, minus those with breakers. */
  readonly callsSpared: number;

  /** Waiting time of accepted orders without breakers, minus that with breakers, in milliseconds. */
  readonly waitingAvoided: number;

  /** With breakers: the share of accepted orders that were not lost. */
  readonly availabilityWith: number;

  /** Without breakers: the share of calls to payments that were answered. */
  readonly availabilityWithout: number;

  /** Calls to dead payments without breakers, minus those with breakers, at the price of a failed call. */
  readonly failedCallsAvoided: number;

  /**
   * Orders accepted with breakers and not lost, minus those that would have been paid immediately at the rate of the shop
   * without breakers, at the price of an order. The other orders of that shop were only kept by the queue.
   */
  readonly revenueKept: number;

  /** The difference of the availabilities over the observed time, at the price of a minute of downtime. */
  readonly downtimeAvoided: number;

  /** The sum of the three amounts. */
  readonly total: number;
}

/** Measures the savings from both sides. @param minutes for how long the breakers were observed */
export function measuredOf(
  { with: ours, without: theirs }: BothSides,
  { failedCall, revenuePerCall, minuteDown }: Prices,
  minutes: number,
): Measured {
  const kept = accepted(ours) - ours.lost;
  const availabilityWith = share(kept, accepted(ours), 1);
  const availabilityWithout = 1 - share(theirs.callsToDeadService, theirs.callsToPayments, 0);
  const paidAtOnce = accepted(ours) * share(theirs.confirmed, accepted(theirs), 1);
  const gained = availabilityWith - availabilityWithout;
  const failedCallsAvoided = (theirs.callsToDeadService - ours.callsToDeadService) * failedCall;
  const revenueKept = (kept - paidAtOnce) * revenuePerCall;
  const downtimeAvoided = gained * minutes * minuteDown;
  return {
    callsSpared: theirs.callsToPayments - ours.callsToPayments,
    waitingAvoided: theirs.waitedMs - ours.waitedMs,
    availabilityWith,
    availabilityWithout,
    failedCallsAvoided,
    revenueKept,
    downtimeAvoided,
    total: failedCallsAvoided + revenueKept + downtimeAvoided,
  };
}

function accepted({ confirmed, queued }: Figures): number {
  return confirmed + queued;
}

function share(part: number, whole: number, ofNothing: number): number {
  return whole === 0 ? ofNothing : part / whole;
}

/** What the payment breakers saved at the shop's prices, as estimated by `impact` and as measured on both sides. */
export interface Saved {
  readonly prices: Prices;
  readonly estimated: Impact;
  readonly measured: Measured;
}

/** Puts the estimate and the measurement side by side. */
export function savedOf(estimated: Impact, sides: BothSides, prices: Prices): Saved {
  const minutes = (estimated.until - estimated.since) / 60_000;
  return { prices, estimated, measured: measuredOf(sides, prices, minutes) };
}
