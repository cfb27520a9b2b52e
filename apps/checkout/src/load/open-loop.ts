import { setTimeout as delay } from 'node:timers/promises';
import { now } from '../process/now.ts';
import type { Answered, OrderRecord } from './customer.ts';
import type { Arrival } from './schedule.ts';

/**
 * Sends each order at its time, whether or not earlier ones were answered.
 *
 * @param beginning when the schedule begins, in milliseconds since 1970
 * @param place sends one order; it must not throw
 * @param record receives each order when it is answered
 * @returns once the last one was answered
 */
export async function runOpenLoop(
  arrivals: Iterable<Arrival>,
  beginning: number,
  place: (arrival: Arrival) => Promise<Answered>,
  record: (record: OrderRecord) => void,
): Promise<void> {
  const awaited = new Set<Promise<void>>();
  for (const arrival of arrivals) {
    const scheduledAt = beginning + arrival.after;
    const early = scheduledAt - now();
    if (early > 0) await delay(early);
    const answered = place(arrival).then((answer) => {
      awaited.delete(answered);
      record({ reference: arrival.reference, scheduledAt, answeredAt: now(), ...answer });
    });
    awaited.add(answered);
  }
  await Promise.all(awaited);
}
