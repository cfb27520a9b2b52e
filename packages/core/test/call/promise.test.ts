import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../src/breaker/circuit-breaker.ts';
import { handlersOf, Rejection, rejected } from '../../src/call/promise.ts';
import { type Circuit, NO_PROBE } from '../../src/circuit/circuit.ts';
import { type Breaker, type BreakerOptions, createBreaker, failureRate, slowCallRate } from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

/** Takes handlers as `run` does. */
function handlersIn(options: Omit<BreakerOptions, 'name'>) {
  const breaker: Breaker = createBreaker({ name: 'payments', ...options });
  const circuit = CircuitBreaker.circuitOf(breaker) as Circuit;
  const take = (started = 0, id = NO_PROBE, signal?: AbortSignal) => handlersOf(circuit, id, started, signal);
  return { breaker, take };
}

const SLOW = slowCallRate(0.5, { slowerThan: 100 });
const fine = manualClock();
const coarse = { now: () => 0, resolution: 20 };

describe('the handlers of a call', () => {
  it.each<[string, Omit<BreakerOptions, 'name'>]>([
    ['calls that are not timed', { openWhen: failureRate(0.5), clock: fine }],
    ['timed calls that begin in the same step of a coarse clock', { openWhen: SLOW, clock: coarse }],
  ])('%s share one pair, but for probes and calls with a signal', (_calls, options) => {
    const { take } = handlersIn(options);
    const pair = take();
    expect(take()).toBe(pair);
    expect(take(0, 1)).not.toBe(pair);
    expect(take(0, NO_PROBE, new AbortController().signal)).not.toBe(pair);
    expect(take()).toBe(pair);
  });

  it('timed calls of an exact clock have a pair each: the next begins at another instant', () => {
    const { take } = handlersIn({ openWhen: SLOW, clock: fine });
    expect(take()).not.toBe(take());
  });

  it('the next step of a coarse clock and the next era have another pair', () => {
    const { breaker, take } = handlersIn({ openWhen: SLOW, clock: coarse });
    const pair = take();
    const later = take(20);
    expect(later).not.toBe(pair);
    breaker.reset();
    expect(take(20)).not.toBe(later);
  });
});

describe('an error on its way to the caller', () => {
  it('is adopted by the promise unchanged, even a promise or nothing at all', async () => {
    for (const error of [new Error('down'), undefined, Promise.resolve(1)]) {
      const ending = Promise.reject(new Error('first')).catch(() => new Rejection(error));
      expect(
        await ending.then(
          () => 'resolved',
          (reason) => [reason],
        ),
      ).toEqual([error]);
    }
  });

  it('rejects a refusal one microtask after the caller has it, so that none counts as unhandled', async () => {
    const order: string[] = [];
    const refusal = rejected('refused').catch((reason) => order.push(reason));
    order.push('the caller');
    await refusal;
    expect(order).toEqual(['the caller', 'refused']);
  });
});
