import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isCircuitOpen, type Outcome, type Permit } from '../../src/index.ts';
import { Subject } from './subject.ts';
import type { Out, Trace, TraceConfig, TraceStep } from './trace.ts';

/** How a call is made: by handing over a function, or by holding a permit. */
type Way = 'run' | 'permits';

class Runner {
  readonly #subject: Subject;
  readonly #config: TraceConfig;
  readonly #way: Way;
  readonly #permits = new Map<string, Permit>();

  constructor(config: TraceConfig, way: Way) {
    this.#subject = new Subject(config);
    this.#config = config;
    this.#way = way;
  }

  async step(step: TraceStep): Promise<void> {
    for (let time = 0; time < (step.times ?? 1); time++) {
      const result = await this.#act(step);
      if (step.result) expect(result).toBe(step.result);
      this.#subject.look();
    }
    this.#check(step);
  }

  #act(step: TraceStep): unknown {
    const { breaker, clock } = this.#subject;
    switch (step.op) {
      case 'call':
        return this.#way === 'run' ? this.#run(step) : this.#permit(step);
      case 'start': {
        const permit = breaker.tryAcquire();
        if (permit) this.#permits.set(step.id as string, permit);
        return permit ? 'run' : 'rejected';
      }
      case 'end':
        if (step.ms) clock.advance(step.ms);
        return this.#permits.get(step.id as string)?.settle(this.#outcome(step.out));
      case 'advance':
        clock.advance(step.ms ?? 0);
        return undefined;
      case 'force':
        // A library that forbids the move does not change its circuit; ours allows it.
        return step.throws ? undefined : this.#subject.force(step.to ?? 'closed', step.ms);
      case 'check':
        return undefined;
    }
  }

  async #run({ out, ms = 0 }: TraceStep): Promise<'run' | 'rejected'> {
    const { breaker, clock } = this.#subject;
    const outcome = this.#outcome(out);
    const call = async () => {
      clock.advance(ms);
      if (outcome !== 'success') throw new Error(outcome);
    };
    // A call that is ignored is one whose caller gave up.
    const options = outcome === 'ignored' ? { signal: { aborted: true } } : {};
    return breaker.run(call, options).then(
      () => 'run',
      (error) => (isCircuitOpen(error) ? 'rejected' : 'run'),
    );
  }

  #permit({ out, ms = 0 }: TraceStep): 'run' | 'rejected' {
    const permit = this.#subject.breaker.tryAcquire();
    if (!permit) return 'rejected';
    this.#subject.clock.advance(ms);
    permit.settle(this.#outcome(out));
    return 'run';
  }

  #outcome(out: Out = 'ok'): Outcome {
    const ignored = this.#config.ignoredAs === 'success' ? 'success' : 'ignored';
    return ({ ok: 'success', fail: 'failure', throw: 'failure', ignored, release: 'ignored' } as const)[out];
  }

  #check({ state, elapsed, metrics, transitions, retryAfterMs, openAttempts }: TraceStep): void {
    const subject = this.#subject;
    if (state && !(elapsed && subject.shows() === 'open')) expect(subject.shows()).toBe(state);
    if (metrics) expect(subject.metrics()).toMatchObject(metrics);
    if (transitions) expect(subject.transitions).toEqual(transitions);
    if (openAttempts) expect(subject.attempts).toEqual(openAttempts);
    if (retryAfterMs === null) expect(subject.breaker.retryAfter).toBe(Number.POSITIVE_INFINITY);
    else if (retryAfterMs !== undefined) expect(subject.breaker.retryAfter).toBe(retryAfterMs);
  }
}

const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter((file) => file.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const { traces } = JSON.parse(readFileSync(new URL(file, here), 'utf8')) as { traces: Trace[] };

  describe.each(['run', 'permits'] as const)('by %s', (way) => {
    it.each(traces.map((trace) => [`${trace.id}: ${trace.test}`, trace] as const))('%s', async (_name, trace) => {
      const runner = new Runner(trace.config, way);
      expect.hasAssertions();
      for (const step of trace.steps) await runner.step(step);
    });
  });
});
