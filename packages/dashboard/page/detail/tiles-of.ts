import type { Bucket } from '../../src/history/buckets.ts';
import type { Detail, Row } from '../../src/wire/messages.ts';
import { count, elapsed, kindOf, percent } from '../parts/format.ts';

/** What the tiles are read from. */
export interface TilesOf {
  readonly row: Row;
  readonly detail: Pick<Detail, 'seconds' | 'trouble'> | undefined;
  readonly now: number;

  /** Whether settled calls are recorded. */
  readonly outcomes: boolean;
}

/** A number and what it is. */
export type Tile = readonly [name: string, value: string];

/**
 * While calls are let through, the window; while they are refused, the outage: the window of an open circuit is empty. Nothing where
 * nothing is counted.
 */
export function tilesOf({ row, detail, now, outcomes }: TilesOf): readonly Tile[] {
  const kind = kindOf(row);
  if (kind === 'disabled') return [];
  const recent = (what: 'failed' | 'refused'): string =>
    count((detail?.seconds ?? []).reduce((sum: number, bucket: Bucket) => sum + bucket[what], 0));
  if (kind === 'closed' || kind === 'shadow') {
    return [
      ['calls in window', count(row.calls)],
      ['failure rate', rate(row.failureRate)],
      ['slow rate', rate(row.slowCallRate)],
      ['refused in the last 2 min', recent('refused')],
    ];
  }
  const trouble = detail?.trouble;
  if (!trouble) return [];
  const { since, refused, openings, attempts } = trouble;
  const began =
    kind === 'isolated' ? 'since it was isolated' : openings > 0 ? 'since it opened' : 'since it left closed';
  return [
    [began, elapsed(now - since)],
    ['refused since then', count(refused)],
    ...(kind === 'isolated' ? [] : [['attempts to recover', count(attempts)] as const]),
    ...(outcomes ? [['failed in the last 2 min', recent('failed')] as const] : []),
  ];
}

function rate(share: number | null): string {
  return share === null ? '–' : percent(share);
}
