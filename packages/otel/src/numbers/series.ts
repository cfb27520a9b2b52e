import type { Attributes } from '@opentelemetry/api';
import type { Clock, Millis } from '@switchgear/core';
import { ATTRIBUTE } from './attributes.ts';
import { OpenTime } from './open-time.ts';

/** A number that only rises, with its attributes. */
interface Count {
  readonly attributes: Attributes;
  value: number;
}

/** Counts that are read at each collection: adding to a map costs a call a tenth of what an SDK's counter costs. */
export class Counts {
  readonly #counts = new Map<string, Count>();

  /** Adds to the count under this key. Its attributes are made once. */
  add(key: string, attributes: () => Attributes, more: number = 1): void {
    const count = this.#counts.get(key);
    if (count) count.value += more;
    else this.#counts.set(key, { attributes: attributes(), value: more });
  }

  [Symbol.iterator](): Iterator<Readonly<Count>> {
    return this.#counts.values();
  }
}

/** How a call ended. A slow failure is a failure. */
export type CallOutcome = 'success' | 'slow_success' | 'failure' | 'ignored' | 'rejected';

/** Outcomes that every breaker may count. Each begins at 0, because Prometheus sees no increase in a series that begins at 1. */
const SETTLED = ['success', 'slow_success', 'ignored'] as const;

/** Everything counted under one name. */
export class Series {
  /** The attribute that all of it has. */
  readonly named: Attributes;
  readonly calls: Counts = new Counts();
  readonly failures: Counts = new Counts();
  readonly transitions: Counts = new Counts();
  readonly wouldOpen: Counts = new Counts();
  readonly #openTimes = new Map<Clock, OpenTime>();
  #openBefore: Millis = 0;
  #countsCalls = false;
  readonly #byOutcome: Readonly<Record<CallOutcome, Attributes>>;

  /** @param name of a breaker, or of all those beyond the bound */
  constructor(name: string) {
    this.named = { [ATTRIBUTE.name]: name };
    const attributes = (outcome: CallOutcome): Attributes => ({ ...this.named, [ATTRIBUTE.outcome]: outcome });
    this.#byOutcome = {
      success: attributes('success'),
      slow_success: attributes('slow_success'),
      failure: attributes('failure'),
      ignored: attributes('ignored'),
      rejected: attributes('rejected'),
    };
    this.count('rejected', 0);
  }

  /** Announces that settled calls will be counted, and not only refusals. */
  expectCalls(): void {
    if (this.#countsCalls) return;
    this.#countsCalls = true;
    for (const outcome of SETTLED) this.count(outcome, 0);
  }

  /** The open time measured with this clock. */
  openTime(clock: Clock): OpenTime {
    const openTime = this.#openTimes.get(clock) ?? new OpenTime();
    this.#openTimes.set(clock, openTime);
    return openTime;
  }

  /** Milliseconds open until now, over all clocks. */
  openFor(): Millis {
    return [...this.#openTimes].reduce((sum, [clock, openTime]) => sum + openTime.total(clock.now()), this.#openBefore);
  }

  /** Stops reading this clock, and keeps what was measured with it. */
  releaseClock(clock: Clock): void {
    this.#openBefore += this.#openTimes.get(clock)?.total(clock.now()) ?? 0;
    this.#openTimes.delete(clock);
  }

  /** Adds calls with this outcome. Failures are counted by their kind instead. */
  count(outcome: Exclude<CallOutcome, 'failure'>, more: number = 1): void {
    this.calls.add(outcome, () => this.#byOutcome[outcome], more);
  }

  /** The attributes of calls with this outcome: one object for all of them. */
  attributesOf(outcome: CallOutcome): Attributes {
    return this.#byOutcome[outcome];
  }
}
