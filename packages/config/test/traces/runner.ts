import { type Breaker, type BreakerOptions, isCircuitOpen, type Outcome, type Permit } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { expect } from 'vitest';
import { load, settingsRegistry } from '../../src/index.ts';
import { type Trace, type TraceStep, yamlOf } from './trace.ts';

/** A trace played on a breaker whose settings came from a file of resilience4j's. */
export class Runner {
  readonly #clock = manualClock(0);
  readonly #breaker: Breaker;
  readonly #transitions: string[] = [];
  readonly #attempts: number[] = [];
  readonly #permits = new Map<string, Permit>();
  readonly #ignored: Outcome;
  #shown: string;

  constructor({ config }: Trace) {
    const settings = load(yamlOf(config), { file: 'application.yml' });
    const { openFor, ...options } = settings.options('backend');
    const noting: NonNullable<BreakerOptions['openFor']> = (opening) => {
      this.#attempts.push(opening.attempt);
      return openFor?.(opening) ?? 0;
    };
    // The settings say no openFor but this one, and each opening is noted on its way.
    const noted = { ...settings, options: () => ({ ...options, openFor: Object.assign(noting, openFor) }) };
    const base = { clock: this.#clock, random: () => 0 };
    this.#breaker = settingsRegistry(() => noted, { base }).get('backend');
    this.#ignored = config.ignoredAs === 'success' ? 'success' : 'ignored';
    this.#shown = this.#shows();
    this.#breaker.subscribe((event) => {
      if (event.type === 'move' || event.type === 'mode')
        this.#look(this.#nameOf(event.type === 'move' ? event.to : undefined));
    });
  }

  async step(step: TraceStep): Promise<void> {
    for (let time = 0; time < (step.times ?? 1); time++) {
      const result = await this.#act(step);
      if (step.result) expect(result).toBe(step.result);
      this.#look();
    }
    this.#check(step);
  }

  async #act(step: TraceStep): Promise<unknown> {
    const { ms = 0, id = '', out = 'ok' } = step;
    switch (step.op) {
      case 'call':
        return this.#run(this.#outcome(out), ms);
      case 'start': {
        const permit = this.#breaker.tryAcquire();
        if (permit) this.#permits.set(id, permit);
        return permit ? 'run' : 'rejected';
      }
      case 'end':
        if (ms) this.#clock.advance(ms);
        return this.#permits.get(id)?.settle(this.#outcome(out));
      case 'advance':
        return this.#clock.advance(ms);
      case 'force':
        return step.throws ? undefined : this.#force(step.to ?? 'closed', step.ms);
      default:
        return undefined;
    }
  }

  #run(outcome: Outcome, ms: number): Promise<string> {
    const call = () => {
      this.#clock.advance(ms);
      if (outcome !== 'success') throw new Error(outcome);
    };
    const options = outcome === 'ignored' ? { signal: { aborted: true } } : {};
    return this.#breaker.run(call, options).then(
      () => 'run',
      (error) => (isCircuitOpen(error) ? 'rejected' : 'run'),
    );
  }

  #outcome(out: string): Outcome {
    const outcomes: Readonly<Record<string, Outcome>> = {
      ok: 'success',
      fail: 'failure',
      throw: 'failure',
      ignored: this.#ignored,
    };
    return outcomes[out] ?? 'ignored';
  }

  #force(to: string, ms?: number): void {
    const modes = { 'forced-open': 'isolated', disabled: 'disabled', 'metrics-only': 'shadow' } as const;
    if (to === 'open') this.#breaker.trip(ms);
    else if (to === 'half-open') this.#breaker.halfOpen();
    else if (to === 'reset' || (to === 'closed' && this.#shows() !== 'closed')) this.#breaker.reset();
    this.#breaker.setMode(modes[to as keyof typeof modes] ?? 'active');
  }

  #shows(): string {
    return this.#nameOf(this.#breaker.state);
  }

  #nameOf(state: string = this.#breaker.state): string {
    return { active: state, isolated: 'forced-open', disabled: 'disabled', shadow: 'metrics-only' }[this.#breaker.mode];
  }

  #look(shown: string = this.#shows()): void {
    if (shown !== this.#shown) this.#transitions.push(`${this.#shown}>${shown}`);
    this.#shown = shown;
  }

  #metrics(): object {
    const { state, mode, evidence, rejected, ...read } = this.#breaker.metrics();
    const frozen = state === 'open' && mode === 'active' ? evidence : undefined;
    const { calls, failures, slow, failureRate: rate, slowCallRate: slowRate } = { ...read, ...frozen };
    return { total: calls, ok: calls - failures, fail: failures, rate, notPermitted: rejected, slow, slowRate };
  }

  #check({ state, elapsed, metrics, transitions, retryAfterMs, openAttempts }: TraceStep): void {
    if (state && !(elapsed && this.#shows() === 'open')) expect(this.#shows()).toBe(state);
    if (metrics) expect(this.#metrics()).toMatchObject(metrics);
    if (transitions) expect(this.#transitions).toEqual(transitions);
    if (openAttempts) expect(this.#attempts).toEqual(openAttempts);
    if (retryAfterMs === null) expect(this.#breaker.retryAfter).toBe(Number.POSITIVE_INFINITY);
    else if (retryAfterMs !== undefined) expect(this.#breaker.retryAfter).toBe(retryAfterMs);
  }
}
