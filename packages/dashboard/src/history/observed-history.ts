import { type Breaker, type BreakerEvent, explain, type Millis } from '@switchgear/core';
import { isBreaker, requireBreaker } from '../check/breakers.ts';
import { plus, type Tally, tallyOf } from '../impact/tally.ts';
import type { Entry } from './entry.ts';
import type { Breakers, History } from './history.ts';
import type { ObserveSetting } from './options.ts';
import { BreakerRecord } from './record.ts';
import { Timeline } from './timeline.ts';

/** More breakers than this are not remembered, and so often at most is looked for those that have made room. */
const MOST_RECORDS = 2_000;
const ROOM_EVERY = 1_000;

/** Listens to breakers and remembers, in bounded memory, what a dashboard and the sums need. */
export class ObservedHistory implements History {
  readonly options: ObserveSetting;
  readonly records: Map<string, BreakerRecord> = new Map();
  readonly timeline: Timeline = new Timeline();
  /** What breakers that a registry has forgotten left behind. */
  gone: Tally | undefined;
  #since: Millis;
  readonly #breakers: Breakers;
  readonly #met: (breaker: Breaker, history: ObservedHistory) => void;
  readonly #names: WeakMap<Breaker, string> = new WeakMap();
  readonly #subscriptions: (() => void)[] = [];
  #roomMadeAt: Millis = Number.NEGATIVE_INFINITY;
  isStopped = false;

  constructor(breakers: Breakers, options: ObserveSetting, met: (breaker: Breaker, history: ObservedHistory) => void) {
    this.#breakers = breakers;
    this.#met = met;
    this.options = options;
    this.#since = options.wall();
    const { outcomes } = options;
    if (typeof breakers.subscribe === 'function') {
      this.#subscriptions.push(breakers.subscribe((event) => this.#hear(event.breaker, event), { outcomes }));
    }
  }

  /** In a Worker's module scope there is no time yet: then it is that of the first event, or of the first look. */
  get since(): Millis {
    this.#since ||= this.options.wall();
    return this.#since;
  }

  /** Takes in the breakers that there are. @throws {TypeError} where something else is among them */
  begin(option: string): void {
    let index = 0;
    for (const breaker of this.#breakers) {
      requireBreaker(`${option}[${index++}]`, breaker);
      this.#meet(breaker);
    }
  }

  /** Takes in breakers that have come since, and lets go of those that are gone. Nothing about a breaker changes by it. */
  refresh(): void {
    if (this.isStopped) return;
    const present = new Set<string>();
    try {
      for (const breaker of this.#breakers) if (isBreaker(breaker)) present.add(this.#meet(breaker));
    } catch (error) {
      // What is not known to be gone is kept.
      this.options.reporter.report(error, 'breakers');
      return;
    }
    // An iterator that is used up says nothing of who is still there.
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

  #meet(breaker: Breaker): string {
    const known = this.#names.get(breaker);
    if (known !== undefined && this.records.has(known)) return known;
    const isHeard = typeof this.#breakers.subscribe === 'function';
    const name = isHeard ? breaker.name : this.#freeName(breaker.name);
    this.#names.set(breaker, name);
    const record = this.#record(name);
    if (!record) return name;
    record.breaker = breaker;
    this.#met(breaker, this);
    if (!isHeard) {
      const { outcomes } = this.options;
      this.#subscriptions.push(breaker.subscribe((event) => this.#hear(name, event), { outcomes }));
    }
    return name;
  }

  /** Breakers of a list may share a name; what is told apart here is `payments` and `payments (2)`. */
  #freeName(name: string): string {
    let free = name;
    for (let n = 2; this.records.has(free); n++) free = `${name} (${n})`;
    return free;
  }

  #hear(name: string, event: BreakerEvent): void {
    const at = this.options.wall();
    this.#since ||= at;
    const record = this.#record(name);
    if (!record) return;
    record.hear(event, at);
    const { type, to, because } = event;
    if (type === 'outcome' || type === 'reject') return;
    const { evidence } = because ?? {};
    this.enter({ breaker: name, type, says: explain(event), ...(to && { to }), ...(evidence && { evidence }) }, at);
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

  /** Lets go of what is gone. Not with each event of one that finds no room, for that looks at them all. */
  #makeRoom(): boolean {
    const now = this.options.wall();
    if (Math.abs(now - this.#roomMadeAt) < ROOM_EVERY) return false;
    this.#roomMadeAt = now;
    const present = new Set<string>();
    for (const breaker of this.#breakers) present.add(this.#names.get(breaker) ?? breaker.name);
    for (const [name, record] of this.records) if (!present.has(name)) this.#forget(name, record);
    return this.records.size < MOST_RECORDS;
  }

  #forget(name: string, record: BreakerRecord): void {
    this.records.delete(name);
    this.gone = plus(this.gone, tallyOf(record));
  }
}
