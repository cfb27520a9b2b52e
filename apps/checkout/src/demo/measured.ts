import type { Prices } from '../orders/prices.ts';
import type { BothSides, Figures } from './figures.ts';

/**
 * What `impact` estimates of the payments, counted: the demo has run the shop without breakers as well. Each figure has the name
 * it has there.
 */
export interface Measured {
  /** Calls that payments got without breakers, less those with them. */
  readonly callsSpared: number;

  /** Milliseconds that customers whose order was accepted waited without breakers, less those with them. */
  readonly waitingAvoided: number;

  /** With breakers: of the orders accepted, the share not lost. */
  readonly availabilityWith: number;

  /** Without: of the calls that payments got, the share answered. */
  readonly availabilityWithout: number;

  /** Calls to dead payments without breakers, less those with them, at the price of a failed call. */
  readonly failedCallsAvoided: number;

  /**
   * Orders accepted with breakers and not lost, less those that would have been paid while the customer waited, were as many as
   * without: at the price of an order. Without breakers the others have the queue to thank.
   */
  readonly revenueKept: number;

  /** The difference of the availabilities, over the time observed, at the price of a minute down. */
  readonly downtimeAvoided: number;

  /** The sum of the three amounts. */
  readonly total: number;
}

/** Counts both sides. @param minutes for how long the breakers were observed */
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
