import { sentenceOf } from '../history/sentence.ts';
import type { Detail } from '../wire/messages.ts';
import type { Board } from './board.ts';

/** One breaker looked at closely, if it is there. */
export function detailOf(board: Board, id: string): Detail | undefined {
  const { history, now } = board;
  const row = board.row(id);
  const record = history.records.get(id);
  if (!row || !record?.breaker) return undefined;
  const { last } = record;
  const { rejected, late, lost, errors } = record.breaker.metrics();
  const entries = history.timeline.withRefused(id, record.entries).reverse();
  const at = entries.find(({ type }) => type === last?.type)?.at ?? now;
  return {
    now,
    row,
    why: last ? { at, says: sentenceOf(last), evidence: last.because?.evidence ?? {} } : null,
    trouble: record.trouble ?? null,
    counts: { rejected, late, lost, errors },
    seconds: record.seconds.between(now - 120_000, now),
    steps: record.steps.between(now - history.options.keep, now),
    from: Math.max(history.since, now - history.options.keep),
    slowerThan: history.options.slowerThan,
    entries,
    refusals: record.recentRefusals(),
  };
}
