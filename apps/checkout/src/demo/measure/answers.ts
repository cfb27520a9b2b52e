import type { Answer, OrderRecord } from '../../load/customer.ts';

/**
 * The smallest value that at least this share of the values does not exceed; `null` when there are no values.
 *
 * @param share greater than 0, at most 1: 0.99 for the 99th percentile
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}

/** The answers that one side gave in the last seconds. */
export interface RecentAnswers {
  readonly answers: Readonly<Record<Answer, number>>;

  /** Median and 99th percentile of the waiting time in milliseconds; `null` without any answer. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** How far back {@link recentAnswersOf} looks, in milliseconds. */
export const RECENT_MS = 5_000;

/** Counts the answers of the last seconds. `at`: now, in milliseconds since 1970. */
export function recentAnswersOf(records: readonly OrderRecord[], at: number): RecentAnswers {
  const answers: Record<Answer, number> = { confirmed: 0, queued: 0, refused: 0, failed: 0 };
  const waits: number[] = [];
  for (const { answer, answeredAt, scheduledAt } of records) {
    if (answeredAt <= at - RECENT_MS) continue;
    answers[answer] += 1;
    waits.push(answeredAt - scheduledAt);
  }
  return { answers, p50Ms: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99) };
}

/** The counts of one side so far, for the screen. */
export interface LiveCounts extends Readonly<Record<Answer, number>> {
  /** Median waiting time of recent answers, in milliseconds; `null` without any. */
  readonly waiting: number | null;
}

/** Milliseconds over which the waiting time of {@link LiveCounts} is taken. */
const LIVE_MS = 2_000;

/** Counts the answers so far. `at`: now, in milliseconds since 1970. */
export function liveCountsOf(records: readonly OrderRecord[], at: number): LiveCounts {
  const count = (answer: Answer) => records.filter((record) => record.answer === answer).length;
  const recent = records.filter(({ answeredAt }) => answeredAt > at - LIVE_MS);
  return {
    confirmed: count('confirmed'),
    queued: count('queued'),
    refused: count('refused'),
    failed: count('failed'),
    waiting: percentile(
      recent.map(({ scheduledAt, answeredAt }) => answeredAt - scheduledAt),
      0.5,
    ),
  };
}
