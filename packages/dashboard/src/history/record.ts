import { type Breaker, type BreakerEvent, explain, type Millis } from '@switchgear/core';
import { Buckets } from './buckets.ts';
import type { Entry, Refusal } from './entry.ts';
import { Ledger } from './ledger.ts';
import type { FallbackCount } from './options.ts';
import { Ring } from './ring.ts';

/** Slices in which the latest two minutes are kept. */
const SECOND = 1_000;
const SECONDS = 120;
const TEN_SECONDS = 10_000;

/** What a record has to know of the whole history. */
export interface RecordSetting {
  readonly keep: Millis;
  readonly slowerThan: Millis;
  readonly fallback: (() => FallbackCount) | undefined;
}

/** What is remembered of one breaker. Its memory is fixed. */
export class BreakerRecord {
  readonly name: string;
  /** The breaker itself; absent for one of a registry that nobody has looked up yet. */
  breaker: Breaker | undefined;
  readonly seconds: Buckets = new Buckets(SECOND, SECONDS);
  readonly steps: Buckets;
  readonly entries: Ring<Entry> = new Ring(30);
  readonly refusals: Ring<readonly [at: Millis, event: BreakerEvent]> = new Ring(10);
  readonly ledger: Ledger = new Ledger();
  /** When it last moved, in milliseconds since 1970. */
  since: Millis | undefined;
  /** The last move or change of mode; in shadow mode the last opening that would have been. */
  last: BreakerEvent | undefined;
  readonly #slowerThan: Millis;
  readonly #fallback: (() => FallbackCount) | undefined;
  readonly #before: FallbackCount | undefined;

  constructor(name: string, { keep, slowerThan, fallback }: RecordSetting) {
    this.name = name;
    this.steps = new Buckets(TEN_SECONDS, Math.ceil(keep / TEN_SECONDS) + 1);
    this.#slowerThan = slowerThan;
    this.#fallback = fallback;
    // A copy: it may be the very object that goes on counting.
    this.#before = fallback && { ...fallback() };
  }

  /** Fallbacks since this record began, if anybody counts them. */
  get fallbacks(): FallbackCount | undefined {
    const now = this.#fallback?.();
    if (!now || !this.#before) return undefined;
    const served = now.served - this.#before.served;
    return now.failed === undefined ? { served } : { served, failed: now.failed - (this.#before.failed ?? 0) };
  }

  /** Takes an event in, heard at this wall time. */
  hear(event: BreakerEvent, at: Millis): void {
    switch (event.type) {
      case 'outcome':
        this.#settled(event, at);
        return;
      case 'reject':
        this.seconds.addRefusal(at);
        this.steps.addRefusal(at);
        this.refusals.push([at, event]);
        this.ledger.addRefusal(event);
        return;
      case 'move':
        this.since = at;
        this.last = event;
        this.ledger.addMove(event);
        return;
      case 'mode':
      case 'wouldOpen':
        this.last = event;
    }
  }

  #settled({ outcome, duration }: BreakerEvent, at: Millis): void {
    if (outcome === 'ignored') return;
    const failed = outcome === 'failure';
    const slow = duration !== undefined && duration >= this.#slowerThan;
    this.seconds.addCall(at, failed, slow, duration);
    this.steps.addCall(at, failed, slow, duration);
    this.ledger.addCall(failed, duration);
  }

  /** The latest refusals, newest first. Sentences are made for those who read them only. */
  recentRefusals(): Refusal[] {
    return [...this.refusals].reverse().map(([at, event]) => ({ at, says: explain(event) }));
  }
}
