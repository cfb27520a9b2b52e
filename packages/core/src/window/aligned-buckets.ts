import type { Instant, Millis } from '../vocabulary/time.ts';
import { BucketMemory } from './buckets.ts';

/** Where buckets begin; see `timeWindow`. */
export type Align = 'epoch' | 'first' | 'first-tick';

/** Buckets on a grid that starts with the breaker and again with each move. */
export class AnchoredBuckets extends BucketMemory {
  constructor(length: Millis, slice: Millis, columns: number, at: Instant) {
    super(length, slice, columns);
    this.origin = at;
  }

  override clear(at: Instant): void {
    super.clear(at);
    this.origin = at;
  }
}

/** Buckets that begin each at its first call. */
export class FirstCallBuckets extends BucketMemory {
  override roll(at: Instant): void {
    if (at < this.until) return;
    this.forget(at - this.length);
    const oldest = this.rows[0] ?? -Infinity;
    this.until = Math.min(this.#end, oldest + this.length);
  }

  override count(at: Instant): void {
    if (at >= this.#end) {
      this.begin(at);
      this.until = -Infinity;
    }
    super.count(at);
  }

  /** When the last bucket takes no more calls. */
  get #end(): Instant {
    return (this.rows.at(-1 - this.sums.length) ?? -Infinity) + this.slice;
  }
}
