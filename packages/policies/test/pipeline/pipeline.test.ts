import { consecutiveFailures, createBreaker, isCircuitOpen } from '@switchgear/core';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  alternative,
  bulkhead,
  cached,
  deadline,
  deadlineIn,
  degraded,
  fallback,
  isBulkheadFull,
  isTimeout,
  type Layer,
  type LayerKind,
  pipeline,
  recommendedOrder,
  retry,
  type Served,
  timeout,
  value,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';
import { watchedSignal } from '../setup/watched-signal.ts';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(async () => {
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const breaker = (name = 'orders') => createBreaker({ name, openWhen: consecutiveFailures(2) });
const layers = {
  fallback: () => fallback([degraded((error) => error)]),
  deadline: () => deadline({ limit: 1_000 }),
  retry: () => retry({ name: 'orders' }),
  bulkhead: () => bulkhead({ concurrent: 2, queue: 1, name: 'orders' }),
  breaker: () => breaker(),
  timeout: () => timeout(100),
} satisfies Record<LayerKind, () => unknown>;

describe('a pipeline', () => {
  it('takes the order we recommend, and shows it', () => {
    const made = recommendedOrder.map((kind) => layers[kind]()) as [Layer];
    expect(pipeline(...made).order).toEqual([
      'fallback (degraded)',
      'deadline',
      'retry "orders" (3 attempts)',
      'bulkhead "orders" (2 + 1)',
      'breaker "orders"',
      'timeout (100 ms)',
    ]);
  });

  it('passes value and error through, and signal, key and deadline in', async () => {
    const through = pipeline(deadline(), layers.bulkhead(), breaker(), timeout(100));
    const caller = watchedSignal();
    const seen = await through.run(
      ({ signal, key, deadline: left }) => [signal.aborted, key, Math.round(left?.remaining() ?? -1)],
      { signal: caller.signal, key: 'pen', deadline: deadlineIn(500) },
    );
    expect(seen).toEqual([false, 'pen', 500]);
    expect(caller.listeners).toBe(0);
    const error = new Error('down');
    expect(await rejection(through.run(() => Promise.reject(error)))).toBe(error);
  });

  it('passes the abort of the caller to the call, through every layer', async () => {
    const through = pipeline(deadline(), layers.bulkhead(), breaker(), timeout(1_000));
    const caller = watchedSignal();
    const call = through.run(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { signal: caller.signal },
    );
    caller.abort('bored');
    expect(await rejection(call)).toBe('bored');
    expect(caller.listeners).toBe(0);
  });

  it.each([
    ['outermost', []],
    ['inside of others', [deadline()]],
  ])('does not count the abort of a caller against the dependency, with the breaker %s', async (_where, around) => {
    const orders = breaker();
    const caller = new AbortController();
    const work = deferred();
    const call = pipeline(...around, orders, timeout(100)).run(() => work.promise, { signal: caller.signal });
    caller.abort();
    work.reject(new Error('torn off'));
    await rejection(call);
    expect(orders.metrics()).toMatchObject({ failures: 0, ignored: 1 });
  });

  it('opens on hangs, answers with what the fallback has, and keeps the slots of what still hangs', async () => {
    const slots = bulkhead({ concurrent: 2 });
    const orders = breaker();
    const through = pipeline(fallback([degraded((error) => error)]), slots, orders, timeout(100));
    const work = deferred();
    const hung = [through.run(() => work.promise), through.run(() => work.promise)];
    await vi.advanceTimersByTimeAsync(120);
    for (const { value: error, servedBy } of await Promise.all(hung)) {
      expect([isTimeout(error), servedBy]).toEqual([true, 'degraded']);
    }
    expect(orders.state).toBe('open');
    expect(isBulkheadFull((await through.run(() => 'fine')).value)).toBe(true);
    work.resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(isCircuitOpen((await through.run(() => 'fine')).value)).toBe(true);
  });

  it('serves the last good answer while the circuit is open', async () => {
    const orders = breaker();
    const through = pipeline(fallback([cached({ maxAge: 60_000 })]), orders, timeout(100));
    await through.run(() => 7, { key: 'pen' });
    orders.trip();
    expect(await through.run(() => 8, { key: 'pen' })).toMatchObject({ value: 7, servedBy: 'cached' });
  });

  it('has the type of the call, and of the fallback where there is one', () => {
    expectTypeOf(pipeline(timeout(1)).run(() => 'text')).resolves.toEqualTypeOf<string>();
    const through = pipeline(fallback([value(null)]), timeout(1));
    expectTypeOf(through.run(() => 'text')).resolves.toEqualTypeOf<Served<string | null>>();
  });
});

describe('an order that cannot work is refused when the pipeline is made:', () => {
  const own = breaker('own');
  it.each([
    ['nothing', [], 'pipeline has no layers'],
    ['anything else', [timeout(1), 'again'], 'pipeline: again is neither a breaker nor a policy'],
    ['the same twice', [own, own], 'pipeline: breaker "own" is in it twice'],
    [
      'a fallback inside',
      [breaker(), layers.fallback(), timeout(1)],
      "pipeline: fallback (degraded) must be outermost; otherwise fallback answers count as the dependency's successes. " +
        'Given: breaker "orders" > fallback (degraded) > timeout (1 ms). ' +
        'Recommended: fallback > deadline > retry > bulkhead > breaker > timeout',
    ],
    ['a deadline inside', [layers.bulkhead(), deadline()], 'deadline must be outside everything but the fallback'],
    [
      'a retry inside a retry',
      [retry(), retry({ name: 'inner' })],
      'retry "inner" (3 attempts) is inside another retry',
    ],
    ['a retry inside a breaker', [breaker(), retry()], 'retry "retry" (3 attempts) must be outside the breaker'],
    ['a retry inside a bulkhead', [bulkhead({ concurrent: 1 }), retry()], 'must be outside the bulkhead'],
    ['a retry around a deadline', [retry(), deadline()], 'deadline must be outside everything but the fallback'],
    ['a queue inside a breaker', [breaker(), layers.bulkhead()], 'must be outside the breaker'],
    ['a queue inside a time limit', [timeout(1), layers.bulkhead()], 'must be outside the time limit'],
    ['a breaker that sees no time limit', [timeout(1), breaker()], 'breaker "orders" needs a time limit inside'],
    [
      'an alternative behind the same breaker',
      [fallback([alternative(() => 1, { breaker: own })]), own],
      'breaker "own" is also the breaker of an alternative in the fallback',
    ],
  ])('%s', (_what, given, message) => {
    expect(() => pipeline(...(given as [Layer]))).toThrow(message);
  });

  const patient = (permitTimeout?: number) => createBreaker({ name: 'slow', ...(permitTimeout && { permitTimeout }) });
  it.each([
    ['by default', [patient(), timeout(30_001)], 30_000, 30_001],
    ['as it was set', [patient(5_000), timeout(10_000)], 5_000, 10_000],
    ['with others between them', [patient(5_000), bulkhead({ concurrent: 1 }), timeout(6_000)], 5_000, 6_000],
    ['though one outside is shorter', [timeout(100), patient(5_000), timeout(6_000)], 5_000, 6_000],
    ['of the outer of two breakers', [patient(5_000), patient(60_000), timeout(6_000)], 5_000, 6_000],
  ])('a time limit longer than the breaker around it waits for a probe, %s', (_what, given, permitTimeout, limit) => {
    const make = () => pipeline(...(given as [Layer]));
    expect(make).toThrow(
      `reclaims the permit of a probe after ${permitTimeout} ms (permitTimeout), but the time limit inside is ${limit} ms`,
    );
    expect(make).toThrow(`set permitTimeout to ${limit} or more, or shorten the time limit`);
  });

  it.each([
    ['a list of layers', [[breaker(), timeout(1)]], 'pipeline: a list is neither'],
    ['a function', [() => 1], 'pipeline: a function is neither'],
    ['an object without a prototype', [Object.create(null)], 'pipeline: an object is neither'],
    ['nothing', [], "for example pipeline(createBreaker({ name: 'orders' }), timeout(1_000))"],
  ])('%s, and the message says what was given', (_what, given, message) => {
    expect(() => pipeline(...(given as [Layer]))).toThrow(message);
  });

  it.each([
    ['a time limit as long as permitTimeout', [patient(), timeout(30_000)]],
    ['a longer time limit around a shorter one', [patient(5_000), timeout(6_000), timeout(100)]],
    ['a breaker whose permitTimeout is above its time limit', [patient(90_000), timeout(60_000)]],
    ['a bulkhead without a queue anywhere', [breaker(), timeout(1), bulkhead({ concurrent: 1 })]],
    ['a time limit around a breaker that has one inside', [timeout(9), breaker(), timeout(1)]],
    ['a breaker around another', [breaker('host'), breaker('service'), timeout(1)]],
    ['a time limit around a retry', [timeout(9), retry(), breaker(), timeout(1)]],
    ['a breaker alone', [breaker()]],
  ])('%s is not', (_what, given) => {
    expect(pipeline(...(given as [Layer])).order).toHaveLength(given.length);
  });
});
