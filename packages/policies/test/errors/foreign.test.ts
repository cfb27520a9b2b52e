import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import {
  bulkhead,
  deadline,
  deadlineIn,
  degraded,
  type FallbackError,
  fallback,
  isBulkheadFull,
  isDeadline,
  isFallbackError,
  isTimeout,
  retryBudget,
  timeout,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';

const throwing = { get: () => expect.fail('a getter of a foreign error was allowed to throw') };
/** Marks its rejection as handled. */
const rejected = (): Promise<never> => {
  const promise = Promise.reject(new Error('no'));
  promise.catch(() => undefined);
  return promise;
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const cyclic = (): Error => {
  const error = new Error('cycle');
  error.cause = new Error('of two', { cause: error });
  return error;
};
const wide = (): Error => new AggregateError(Array.from({ length: 100_000 }, (_, i) => ({ message: `${i}` })));

/** Values that foreign code may throw. */
const hostile: readonly (readonly [what: string, make: () => unknown])[] = [
  ['a cause whose getter throws', () => Object.defineProperty(new Error('x'), 'cause', throwing)],
  ['a code whose getter throws', () => Object.defineProperties(new Error('x'), { code: throwing, message: throwing })],
  ['a ruling whose getter throws', () => Object.defineProperty({}, '@switchgear/ruling', throwing)],
  ['an end whose getter throws', () => Object.defineProperty({}, '@switchgear/ended', throwing)],
  ['an end that is not a promise', () => ({ '@switchgear/ended': 5 })],
  ['an end of a server’s JSON', () => JSON.parse('{"@switchgear/ended":{"then":"never"},"@switchgear/ruling":null}')],
  ['an end that rejects', () => ({ '@switchgear/ended': rejected() })],
  ['an end whose then throws', () => ({ '@switchgear/ended': Object.defineProperty({}, 'then', throwing) })],
  ['a revoked proxy', revoked],
  ['a cycle', cyclic],
  ['a hundred thousand errors', wide],
  ['no prototype', () => Object.create(null)],
  ['undefined', () => undefined],
  ['a symbol', () => Symbol('x')],
];

describe.each(hostile)('an error with %s', (_what, make) => {
  it('comes through every policy as it is, and gives its slot back', async () => {
    const slots = bulkhead({ concurrent: 1 });
    const error = make();
    const through = slots.run(() => timeout(1_000).run(() => deadline().run(() => Promise.reject(error))));
    // Not awaited itself: a promise would ask the error for its then.
    const ending = await through.then(expect.unreachable, (thrown: unknown) => ({ thrown }));
    expect(ending.thrown === error).toBe(true);
    await new Promise(setImmediate);
    expect(slots.active).toBe(0);
  });

  it('is not ours, and may be retried', () => {
    const error = make();
    expect([isTimeout, isDeadline, isBulkheadFull, isFallbackError].map((is) => is(error))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(retryBudget().allows(error)).toBe(true);
  });

  it('is the cause of a fallback that fails, and a failure for a breaker around it', async () => {
    const breaker = createBreaker({ name: 'above', openWhen: consecutiveFailures(1) });
    const cause = make();
    const chain = fallback([degraded(() => Promise.reject(make()))]);
    const error = (await rejection(breaker.run(() => chain.run(() => Promise.reject(cause))))) as FallbackError;
    expect(isFallbackError(error)).toBe(true);
    expect(error.cause === cause).toBe(true);
    expect(breaker.state).toBe('open');
  });
});

describe('of several errors', () => {
  const down = new Error('down');
  const refusals = async () => {
    const full = bulkhead({ concurrent: 1 });
    const busy = full.run(() => new Promise(setImmediate));
    const open = createBreaker({ name: 'open' });
    open.trip();
    const found = await Promise.all([
      rejection(full.run(() => 1)),
      rejection(open.run(() => 1)),
      rejection(deadline().run(() => 1, { deadline: deadlineIn(0) })),
    ]);
    await busy;
    return found;
  };

  it('a budget repeats the call unless all are refusals, in every order', async () => {
    const budget = retryBudget();
    const refused = await refusals();
    for (const each of refused) {
      expect(budget.allows(new AggregateError([each, down]))).toBe(true);
      expect(budget.allows(new AggregateError([down, each, down]))).toBe(true);
      expect(budget.allows(new AggregateError([each, each]))).toBe(false);
    }
    expect(budget.allows(new AggregateError(refused))).toBe(false);
    expect(budget.allows(new AggregateError([...refused, down]))).toBe(true);
  });

  it('a budget judges a fallback that failed by the error of the call alone', async () => {
    const [full] = await refusals();
    const budget = retryBudget();
    const failed = (cause: unknown, step: unknown) =>
      rejection(fallback([degraded(() => Promise.reject(step))]).run(() => Promise.reject(cause)));
    expect(budget.allows(await failed(full, down))).toBe(false);
    expect(budget.allows(await failed(down, full))).toBe(true);
  });

  it('a full bulkhead among them is found, through cause, errors and sourceError', async () => {
    const [full] = await refusals();
    expect(isBulkheadFull(new AggregateError([down, new Error('x', { cause: full })]))).toBe(true);
    expect(isBulkheadFull(Object.assign(new Error('x'), { sourceError: full }))).toBe(true);
  });

  it('a slot is kept until the last piece of abandoned work has ended', async () => {
    const slots = bulkhead({ concurrent: 1 });
    const works = [deferred(), deferred()] as const;
    const limit = timeout(5);
    const any = slots.run(() => Promise.any(works.map(({ promise }) => limit.run(() => promise))));
    await rejection(any);
    works[0].resolve('late');
    await new Promise(setImmediate);
    expect(slots.active).toBe(1);
    works[1].reject(new Error('later'));
    await new Promise(setImmediate);
    expect(slots.active).toBe(0);
  });
});
