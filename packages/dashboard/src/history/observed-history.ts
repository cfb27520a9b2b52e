import type { Breaker, BreakerEvent, Millis } from '@switchgear/core';
import { isBreaker, requireBreaker } from '../check/require.ts';
import type { Breakers, Entry, History } from './history.ts';
import type { ObserveSetting } from './options.ts';
import { BreakerRecord } from './record.ts';
import { sentenceOf } from './sentence.ts';
import { addTallies, type Tally, tallyOf } from './tally.ts';
import { Timeline } from './timeline.ts';

/** The maximum number of breakers that are recorded. */
const MOST_RECORDS = 2_000;

/** Shortest time between two searches for breakers that are gone, in milliseconds. */
const ROOM_EVERY = 1_000;

/** Subscribes to breakers and records, in bounded memory, what a dashboard and `impact` need. */
export class ObservedHistory implements History {
  readonly options: ObserveSetting;
  readonly records: Map<string, BreakerRecord> = new Map();
  readonly timeline: Timeline = new Timeline();
  /** The sums of breakers that a registry has evicted. */
  gone: Tally | undefined;
  #since: Millis;
  readonly #breakers: Breakers;
  readonly #onMeet: (breaker: Breaker, history: ObservedHistory) => void;
  readonly #names: WeakMap<Breaker, string> = new WeakMap();
  readonly #subscriptions: (() => void)[] = [];
  #roomMadeAt: Millis = Number.NEGATIVE_INFINITY;
  isStopped = false;

  constructor(breakers: Breakers, options: ObserveSetting, met: (breaker: Breaker, history: ObservedHistory) => void) {
    this.#breakers = breakers;
    this.#onMeet = met;
    this.options = options;
    this.#since = options.wall();
    const { outcomes } = options;
    if (typeof breakers.subscribe === 'function') {
      this.#subscriptions.push(breakers.subscribe((event) => this.#onEvent(event.breaker, event), { outcomes }));
    }
  }

  /** A Worker's clock is 0 at module scope; then this is the time of the first event or the first read. */
  get since(): Millis {
    this.#since ||= this.options.wall();
    return this.#since;
  }

  /** Adds all current breakers. @throws {TypeError} if the collection contains something else */
  begin(option: string): void {
    let index = 0;
    for (const breaker of this.#breakers) {
      requireBreaker(`${option}[${index++}]`, breaker);
      this.#add(breaker);
    }
  }

  /** Adds new breakers and drops those that are gone. It does not affect any breaker. */
  refresh(): void {
    if (this.isStopped) return;
    const present = new Set<string>();
    try {
      for (const breaker of this.#breakers) if (isBreaker(breaker)) present.add(this.#add(breaker));
    } catch (error) {
      // Keep the records: the breakers may still exist.
      this.options.reporter.report(error, 'breakers');
      return;
    }
    // An exhausted iterator does not mean that the breakers are gone.
    if (present.size === 0) return;
    for (const [name, record] of this.records) if (!present.has(name)) this.#forget(name, record);
  }

  /** The record of a breaker, if it is one of those observed. */
  recordOf(breaker: Breaker): BreakerRecord | undefined {
    const name = this.#names.get(breaker);
    return name === undefined ? undefined : this.records.get(name);
  }

  /** Adds a line to the timeline. */
  enter(line: Omit<Entry, 'number' | 'at'>, at: Millis = this.options.wall()): void {
    const entry = this.timeline.enter(line, at);
    this.records.get(line.breaker)?.entries.push(entry);
  }

  stop(): void {
    this.isStopped = true;
    for (const end of this.#subscriptions.splice(0)) end();
  }

  #add(breaker: Breaker): string {
    const known = this.#names.get(breaker);
    if (known !== undefined && this.records.has(known)) return known;
    const isSubscribed = typeof this.#breakers.subscribe === 'function';
    const name = isSubscribed ? breaker.name : this.#freeName(breaker.name);
    this.#names.set(breaker, name);
    const record = this.#record(name);
    if (!record) return name;
    record.meet(breaker, this.options.wall());
    this.#onMeet(breaker, this);
    if (!isSubscribed) {
      const { outcomes } = this.options;
      this.#subscriptions.push(breaker.subscribe((event) => this.#onEvent(name, event), { outcomes }));
    }
    return name;
  }

  /** Breakers of a list may share a name; the second becomes `payments (2)`. */
  #freeName(name: string): string {
    let free = name;
    for (let n = 2; this.records.has(free); n++) free = `${name} (${n})`;
    return free;
  }

  #onEvent(name: string, event: BreakerEvent): void {
    const at = this.options.wall();
    this.#since ||= at;
    const record = this.#record(name);
    if (!record) return;
    record.record(event, at);
    const { type, to, because } = event;
    if (type === 'outcome' || type === 'reject') return;
    const { evidence } = because ?? {};
    this.enter({ breaker: name, type, says: sentenceOf(event), ...(to && { to }), ...(evidence && { evidence }) }, at);
  }

  /** The record under this name, made if there is room. */
  #record(name: string): BreakerRecord | undefined {
    const known = this.records.get(name);
    if (known || (this.records.size >= MOST_RECORDS && !this.#makeRoom())) return known;
    const { keep, slowerThan, fallbacks, reporter } = this.options;
    const record = new BreakerRecord(name, { keep, slowerThan, fallback: fallbacks.get(name), reporter });
    this.records.set(name, record);
    return record;
  }

  /** Drops records of breakers that are gone. Rate-limited, because it visits all breakers. */
  #makeRoom(): boolean {
    const now = this.options.wall();
    if (Math.abs(now - this.#roomMadeAt) < ROOM_EVERY) return false;
    this.#roomMadeAt = now;
    const present = new Set([...this.#breakers].map((breaker) => this.#names.get(breaker) ?? breaker.name));
    for (const [name, record] of this.records) if (!present.has(name)) this.#forget(name, record);
    return this.records.size < MOST_RECORDS;
  }

  #forget(name: string, record: BreakerRecord): void {
    this.records.delete(name);
    this.gone = addTallies(this.gone, tallyOf(record));
  }
}
