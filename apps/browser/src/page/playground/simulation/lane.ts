import type { Clock, Instant, Permit } from '@switchgear/core';
import { type Breaker, type BreakerEvent, createBreaker, type State } from '@switchgear/fetch';
import { Evidence } from './evidence.ts';
import { History } from './history.ts';
import { type Gauge, initialValues, type Policy, type Values } from './policy.ts';
import type { Fate } from './service.ts';

/** A call under way: leave to make it, and in which era of the circuit it was given. */
export interface Call {
  readonly permit: Permit;
  readonly era: number;
}

/** What a lane has counted since it began. */
export type Totals = Record<'offered' | 'answered' | 'failed' | 'refused', number>;

/** One breaker in front of the service, and what is to be seen of it. */
export class Lane {
  readonly policy: Policy;
  readonly breaker: Breaker;
  readonly history = new History();
  readonly totals: Totals = { offered: 0, answered: 0, failed: 0, refused: 0 };
  evidence: Evidence;
  values: Values;

  /** Calls under way. */
  underWay = 0;
  #run = 0;
  #era = 0;

  constructor(policy: Policy, clock: Clock, random: () => number, values: Values = initialValues(policy)) {
    this.policy = policy;
    this.values = values;
    this.evidence = this.#freshEvidence();
    this.breaker = createBreaker({ name: policy.name, clock, random, ...policy.options(values) });
    this.breaker.subscribe((event) => this.#onEvent(event));
  }

  /** A call is to be made now. */
  offer(at: Instant): Call | undefined {
    this.#count('offered', at);
    const permit = this.breaker.tryAcquire();
    if (!permit) {
      this.#count('refused', at);
      return undefined;
    }
    this.underWay += 1;
    return { permit, era: this.#era };
  }

  /** A call that was made has ended. */
  settle({ permit, era }: Call, { outcome, takes, timedOut }: Fate, at: Instant): void {
    const failed = outcome === 'failure';
    this.underWay -= 1;
    this.#count(failed ? 'failed' : 'answered', at);
    // Those of another era decide nothing; and while the circuit is half-open there is no window.
    if (era === this.#era && this.breaker.state === 'closed') {
      this.evidence.add(failed, takes, at);
      this.#run = failed ? this.#run + 1 : 0;
    }
    permit.settle(timedOut ? { outcome, kind: 'timeout' } : outcome, takes);
  }

  /** Turns a knob. The breaker keeps its window, unless that is another now, or counts something else. */
  turn(knob: string, value: number): void {
    const { window, slowerThan } = this.policy;
    const counted = () => `${window?.(this.values)} ${slowerThan?.(this.values)}`;
    const before = counted();
    this.values = { ...this.values, [knob]: value };
    this.breaker.reconfigure(this.policy.options(this.values));
    if (before !== counted()) this.evidence = this.#freshEvidence();
  }

  /** How near it is to opening; nothing to say unless it is closed. */
  get gauge(): Gauge | undefined {
    const metrics = this.breaker.metrics();
    return metrics.state === 'closed' ? this.policy.gauge?.({ metrics, run: this.#run }, this.values) : undefined;
  }

  #count(what: keyof Totals, at: Instant): void {
    this.totals[what] += 1;
    this.history.count(what, at);
  }

  #onEvent({ type, at, from, to, because }: BreakerEvent): void {
    if (type !== 'move' || !because) return;
    this.#era += 1;
    this.#run = 0;
    this.evidence.clear();
    this.history.move({ at, from: from as State, to: to as State, because });
  }

  #freshEvidence(): Evidence {
    return new Evidence(this.policy.window?.(this.values) ?? 10_000, this.policy.slowerThan?.(this.values));
  }
}
