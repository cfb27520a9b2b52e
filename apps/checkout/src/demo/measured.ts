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

  /** Without: of the orders accepted, the share paid while the customer waited. The others have the queue to thank. */
  readonly availabilityWithout: number;

  /** Calls to dead payments without breakers, less those with them, at the price of a failed call. */
  readonly failedCallsAvoided: number;

  /** Orders accepted with breakers, times the difference of the availabilities, at the price of an order. */
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
  const availabilityWith = share(accepted(ours) - ours.lost, accepted(ours));
  const availabilityWithout = share(theirs.confirmed, accepted(theirs));
  const gained = availabilityWith - availabilityWithout;
  const failedCallsAvoided = (theirs.callsToDeadService - ours.callsToDeadService) * failedCall;
  const revenueKept = accepted(ours) * gained * revenuePerCall;
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

/** Where nobody ordered, nobody was let down. */
function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
