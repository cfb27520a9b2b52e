import type { AlignedData } from 'uplot';
import type { Bucket } from '../../src/history/buckets.ts';
import type { Detail } from '../../src/wire/messages.ts';

/** What the charts show: two minutes second by second, or all that is kept. */
export type Range = 'recent' | 'kept';

/** The columns of the charts: one value for each slice, gaps where nothing was measured. */
export interface Columns {
  readonly calls: AlignedData;
  readonly rates: AlignedData;
  readonly latency: AlignedData;
}

/** Slices without calls are none on the wire; here they are noughts, and gaps in what has no mean. */
export function columnsOf({ seconds, steps, now, from }: Detail, range: Range): Columns {
  const slice = range === 'recent' ? 1_000 : 10_000;
  const buckets = new Map((range === 'recent' ? seconds : steps).map((bucket) => [bucket.at, bucket]));
  const first = Math.floor((range === 'recent' ? now - 120_000 : Math.min(from, now - 120_000)) / slice) * slice;
  // The last slice is not over yet: it would look like a fall.
  const last = Math.floor(now / slice) * slice - slice;
  const times: number[] = [];
  const found: (Bucket | undefined)[] = [];
  for (let at = first; at <= last; at += slice) {
    times.push(at / 1_000);
    found.push(buckets.get(at));
  }
  const perSecond = (number: number | undefined): number => ((number ?? 0) * 1_000) / slice;
  const ratio = (bucket: Bucket | undefined, of: 'failed' | 'slow'): number | null => {
    const settled = bucket ? bucket.succeeded + bucket.failed : 0;
    return bucket && settled > 0 ? (bucket[of] / settled) * 100 : null;
  };
  return {
    calls: [
      times,
      found.map((bucket) => perSecond(bucket?.succeeded)),
      found.map((bucket) => perSecond(bucket?.failed)),
      found.map((bucket) => perSecond(bucket?.refused)),
    ],
    rates: [times, found.map((bucket) => ratio(bucket, 'failed')), found.map((bucket) => ratio(bucket, 'slow'))],
    latency: [
      times,
      found.map((bucket) => bucket?.mean ?? null),
      found.map((bucket) => (bucket && bucket.mean !== null ? bucket.longest : null)),
    ],
  };
}
