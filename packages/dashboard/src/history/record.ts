import type { Breaker, BreakerEvent, Millis, Mode, State } from '@switchgear/core';
import { ask, type Reporter, read } from '@switchgear/core/adapter';
import { Buckets } from './buckets.ts';
import type { Entry, Refusal } from './history.ts';
import type { FallbackCount } from './options.ts';
import { sentenceOf, whyOf } from './sentence.ts';
import { Ring } from './timeline.ts';
import { Totals } from './totals.ts';
import { type Trouble, TroubleLog } from './trouble.ts';

/** Slices in which the latest two minutes are kept. */
const SECOND = 1_000;
const SECONDS = 120;
const TEN_SECONDS = 10_000;

/** Options of a record. */
export interface RecordSetting {
  readonly keep: Millis;
  readonly slowerThan: Millis;
  readonly fallback: (() => FallbackCount) | undefined;
  readonly reporter: Reporter;
}

/** The record of one breaker, in fixed memory. */
export class BreakerRecord {
  readonly name: string;
  /** The breaker itself; absent until it has been seen in its registry. */
  breaker: Breaker | undefined;
  readonly seconds: Buckets = new Buckets(SECOND, SECONDS);
  readonly steps: Buckets;
  readonly entries: Ring<Entry> = new Ring(30);
  readonly refusals: Ring<readonly [at: Millis, event: BreakerEvent]> = new Ring(10);
  readonly totals: Totals = new Totals();
  /** When it last moved, in milliseconds since 1970. */
  since: Millis | undefined;
  /** The last move or change of mode; in shadow mode also the last `wouldOpen`. */
  last: BreakerEvent | undefined;
  readonly #troubles: TroubleLog = new TroubleLog();
  readonly #slowerThan: Millis;
  readonly #fallback: (() => FallbackCount) | undefined;
  readonly #reporter: Reporter;
  #before: FallbackCount | undefined;

  constructor(name: string, { keep, slowerThan, fallback, reporter }: RecordSetting) {
    this.name = name;
    this.steps = new Buckets(TEN_SECONDS, Math.ceil(keep / TEN_SECONDS) + 1);
    this.#slowerThan = slowerThan;
    this.#fallback = fallback;
    this.#reporter = reporter;
    this.#before = this.#count();
  }

  /** Fallbacks since this record began, where they are counted. */
  get fallbacks(): FallbackCount | undefined {
    const now = this.#count();
    if (!now) return undefined;
    this.#before ??= now;
    const { served, failed = 0 } = this.#before;
    const sinceThen = { served: now.served - served };
    return now.failed === undefined ? sinceThen : { ...sinceThen, failed: now.failed - failed };
  }

  /** What has happened since the circuit left closed; `undefined` while all is well. */
  get trouble(): Trouble | undefined {
    return this.#troubles.current;
  }

  /** The breaker itself was seen. */
  meet(breaker: Breaker, at: Millis): void {
    this.breaker = breaker;
    // A breaker that cannot be read counts as closed; its row says what is wrong.
    const state = (read(breaker, 'state') as State | undefined) ?? 'closed';
    this.#troubles.meet(state, (read(breaker, 'mode') as Mode | undefined) ?? 'active', at);
  }

  /** A copy of the fallback's counts, because the function may return the live object. */
  #count(): FallbackCount | undefined {
    const count: unknown = this.#fallback && ask('fallbacks', this.#reporter, this.#fallback);
    const [served, failed] = [read(count, 'served'), read(count, 'failed')];
    if (!isCount(served)) return undefined;
    return isCount(failed) ? { served, failed } : { served };
  }

  /** Records an event received at this wall time. */
  record(event: BreakerEvent, at: Millis): void {
    if (event.type !== 'outcome') this.#troubles.record(event, at);
    switch (event.type) {
      case 'outcome':
        this.#settled(event, at);
        return;
      case 'reject':
        this.seconds.addRefusal(at);
        this.steps.addRefusal(at);
        this.refusals.push([at, event]);
        this.totals.addRefusal(event);
        return;
      case 'move':
        this.since = at;
        this.last = event;
        this.totals.addMove(event);
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
    this.totals.addCall(failed, duration);
  }

  /** The latest refusals, newest first. The sentences are only built on demand. */
  recentRefusals(): Refusal[] {
    return [...this.refusals].reverse().map(([at, event]) => ({ at, says: sentenceOf(event), reason: whyOf(event) }));
  }
}

function isCount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}
