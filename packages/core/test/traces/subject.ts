import {
  anyOf,
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  exponential,
  failureCount,
  failureRate,
  fixed,
  type OpenFor,
  type ProbesOptions,
  probes,
  type Rule,
  slowCallRate,
  timeWindow,
  tumblingWindow,
} from '../../src/index.ts';
import { type ManualClock, manualClock } from '../../src/testing/manual-clock.ts';
import type { Forced, TraceConfig } from './trace.ts';

/** No trace is that long, so options that a configuration leaves out have no effect. */
const NEVER = 1e12;

/** A breaker made after a trace's configuration, and what it has shown so far. */
export class Subject {
  readonly clock: ManualClock = manualClock(0);
  readonly breaker: Breaker;
  readonly transitions: string[] = [];
  readonly attempts: number[] = [];
  #shown: string;

  constructor(config: TraceConfig) {
    this.breaker = createBreaker({ name: 'trace', clock: this.clock, random: () => 0, ...this.#options(config) });
    if (config.initialState) this.force(config.initialState);
    this.#shown = this.shows();
    this.breaker.subscribe((event) => {
      if (event.type === 'move' || event.type === 'mode')
        this.look(this.#nameOf(event.type === 'move' ? event.to : undefined));
    });
  }

  #options({ closed, open, halfOpen }: TraceConfig): Partial<BreakerOptions> {
    return {
      openWhen: anyOf(...rulesOf(closed)),
      window: windowOf(closed.window),
      evaluateOn: closed.evaluateOn === 'any' ? 'any' : 'failure',
      openFor: this.#noting(
        open.backoff
          ? exponential(open.ms, { factor: open.backoff.factor, max: NEVER, jitter: 'none' })
          : fixed(open.ms),
      ),
      recover: probes(probesOf(halfOpen, closed)),
      permitTimeout: halfOpen.reprobeAfterMs ?? NEVER,
    };
  }

  #noting(openFor: OpenFor): OpenFor {
    return (opening) => {
      this.attempts.push(opening.attempt);
      return openFor(opening);
    };
  }

  /** The state as the traces name it: a mode hides the state behind it. */
  shows(): string {
    return this.#nameOf(this.breaker.state);
  }

  #nameOf(state: string = this.breaker.state): string {
    const names = { active: state, isolated: 'forced-open', disabled: 'disabled', shadow: 'metrics-only' };
    return names[this.breaker.mode];
  }

  /** Notes a transition, if there was one: also those that time alone has brought about. */
  look(shown: string = this.shows()): void {
    if (shown !== this.#shown) this.transitions.push(`${this.#shown}>${shown}`);
    this.#shown = shown;
  }

  /** What an operator does to get it there. What lies behind a mode moves first: the traces see one transition. */
  force(to: Forced, ms?: number): void {
    const modes = { 'forced-open': 'isolated', disabled: 'disabled', 'metrics-only': 'shadow' } as const;
    if (to === 'open') this.breaker.trip(ms);
    else if (to === 'half-open') this.breaker.halfOpen();
    else if (to === 'reset' || (to === 'closed' && this.shows() !== 'closed')) this.breaker.reset();
    this.breaker.setMode(to in modes ? modes[to as keyof typeof modes] : 'active');
  }

  /** The counters as the traces name them. An open circuit shows what it opened on. */
  metrics(): Record<string, number | null> {
    const { state, mode, evidence, rejected, ...read } = this.breaker.metrics();
    const frozen = state === 'open' && mode === 'active' ? evidence : undefined;
    const { calls, failures, slow, failureRate: rate, slowCallRate: slowRate } = { ...read, ...frozen };
    return { total: calls, ok: calls - failures, fail: failures, rate, notPermitted: rejected, slow, slowRate };
  }
}

function rulesOf(closed: TraceConfig['closed']): [Rule, ...Rule[]] {
  const { minCalls: minimumCalls = 1, slowMs: slowerThan = NEVER } = closed;
  const rules = [
    closed.failureRate !== undefined && failureRate(closed.failureRate, { minimumCalls }),
    closed.failureCount !== undefined && failureCount(closed.failureCount, { minimumCalls }),
    closed.consecutiveFailures !== undefined && consecutiveFailures(closed.consecutiveFailures),
    closed.slowRate !== undefined && slowCallRate(closed.slowRate, { slowerThan, minimumCalls }),
  ];
  return rules.filter((rule) => rule !== false) as [Rule, ...Rule[]];
}

function windowOf(window: TraceConfig['closed']['window']) {
  switch (window.type) {
    case 'count':
      return countWindow(window.size);
    case 'time':
      return timeWindow(window.ms, { buckets: window.buckets, align: window.align });
    case 'tumbling':
      return tumblingWindow(window.ms ?? undefined);
  }
}

function probesOf(halfOpen: TraceConfig['halfOpen'], { slowRate, slowMs }: TraceConfig['closed']): ProbesOptions {
  const { permitted, sample, rate, closeAfterSuccesses, openAfterFailures, maxMs, maxTo } = halfOpen;
  const stay = { permitted, ...(maxMs !== undefined && { maxStay: maxMs }), ...(maxTo && { afterMaxStay: maxTo }) };
  if (closeAfterSuccesses !== undefined || sample === undefined) {
    return { ...stay, successes: closeAfterSuccesses ?? permitted, failures: openAfterFailures ?? 1 };
  }
  const judges: [Rule, ...Rule[]] = [failureRate(rate ?? 0.5)];
  if (slowRate !== undefined && slowMs !== undefined) judges.push(slowCallRate(slowRate, { slowerThan: slowMs }));
  return { ...stay, sample, judge: anyOf(...judges) };
}
