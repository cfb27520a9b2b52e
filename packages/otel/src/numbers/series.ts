import type { Attributes } from '@opentelemetry/api';
import type { Clock, Millis } from '@switchgear/core';
import { Counts } from './counts.ts';
import { OpenTime } from './open-time.ts';
import { ATTRIBUTE } from './words.ts';

/** How a call fared. A failure that was slow is a failure. */
export type Fared = 'success' | 'slow_success' | 'failure' | 'ignored' | 'rejected';

/** What every breaker may come to count. Each begins at 0, or the step to its first would look like nothing. */
const SETTLED = ['success', 'slow_success', 'ignored'] as const;

/** All that is counted under one name. */
export class Series {
  /** The attribute that all of it carries. */
  readonly named: Attributes;
  readonly calls: Counts = new Counts();
  readonly failures: Counts = new Counts();
  readonly transitions: Counts = new Counts();
  readonly wouldOpen: Counts = new Counts();
  readonly #openTimes = new Map<Clock, OpenTime>();
  #openBefore: Millis = 0;
  #countsCalls = false;
  readonly #fared: Readonly<Record<Fared, Attributes>>;

  /** @param name of a breaker, or of all that are too many */
  constructor(name: string) {
    this.named = { [ATTRIBUTE.name]: name };
    const faring = (fared: Fared): Attributes => ({ ...this.named, [ATTRIBUTE.outcome]: fared });
    this.#fared = {
      success: faring('success'),
      slow_success: faring('slow_success'),
      failure: faring('failure'),
      ignored: faring('ignored'),
      rejected: faring('rejected'),
    };
    this.count('rejected', 0);
  }

  /** Settled calls will be counted as well as refusals. */
  expectCalls(): void {
    if (this.#countsCalls) return;
    this.#countsCalls = true;
    for (const fared of SETTLED) this.count(fared, 0);
  }

  /** The openings that are measured with this clock. */
  openTime(clock: Clock): OpenTime {
    const openTime = this.#openTimes.get(clock) ?? new OpenTime();
    this.#openTimes.set(clock, openTime);
    return openTime;
  }

  /** Milliseconds open until now, over all clocks. */
  openFor(): Millis {
    return [...this.#openTimes].reduce((sum, [clock, openTime]) => sum + openTime.total(clock.now()), this.#openBefore);
  }

  /** Nothing is measured with this clock any more. What it has measured stays. */
  forget(clock: Clock): void {
    this.#openBefore += this.#openTimes.get(clock)?.total(clock.now()) ?? 0;
    this.#openTimes.delete(clock);
  }

  /** Calls that fared so; what failed is counted by its kind. */
  count(fared: Exclude<Fared, 'failure'>, more: number = 1): void {
    this.calls.add(fared, () => this.#fared[fared], more);
  }

  /** The attributes of calls that fared so: one object for all of them. */
  attributesOf(fared: Fared): Attributes {
    return this.#fared[fared];
  }
}
