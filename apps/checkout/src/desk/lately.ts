import { percentile } from '../demo/percentile.ts';
import type { Answer, OrderRecord } from '../load/answer.ts';

/** What one side's customers got in the last seconds. */
export interface Lately {
  readonly answers: Readonly<Record<Answer, number>>;

  /** Milliseconds that half of them waited at most, and all but one in a hundred; `null` if nobody was answered. */
  readonly halfMs: number | null;
  readonly mostMs: number | null;
}

/** Milliseconds that count as lately. */
export const LATELY = 5_000;

/** Looks at those who were answered lately. `at`: now, in milliseconds since 1970. */
export function latelyOf(records: readonly OrderRecord[], at: number): Lately {
  const answers: Record<Answer, number> = { confirmed: 0, queued: 0, refused: 0, failed: 0 };
  const waits: number[] = [];
  for (const { answer, answeredAt, scheduledAt } of records) {
    if (answeredAt <= at - LATELY) continue;
    answers[answer] += 1;
    waits.push(answeredAt - scheduledAt);
  }
  return { answers, halfMs: percentile(waits, 0.5), mostMs: percentile(waits, 0.99) };
}
