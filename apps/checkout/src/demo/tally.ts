import type { Answer, OrderRecord } from '../load/answer.ts';
import { percentile } from './percentile.ts';

/** One side so far, for the screen. */
export interface Tally extends Readonly<Record<Answer, number>> {
  /** How long half of the customers who were answered lately waited at least, in milliseconds; `null` without any. */
  readonly waiting: number | null;
}

/** Milliseconds that count as lately. */
const LATELY = 2_000;

/** Counts the answers so far. `at`: now, in milliseconds since 1970. */
export function tallyOf(records: readonly OrderRecord[], at: number): Tally {
  const count = (answer: Answer) => records.filter((record) => record.answer === answer).length;
  const lately = records.filter(({ answeredAt }) => answeredAt > at - LATELY);
  return {
    confirmed: count('confirmed'),
    queued: count('queued'),
    refused: count('refused'),
    failed: count('failed'),
    waiting: percentile(
      lately.map(({ scheduledAt, answeredAt }) => answeredAt - scheduledAt),
      0.5,
    ),
  };
}
