import { createBreaker } from '@switchgear/core';
import { describe, expect, it, vi } from 'vitest';
import {
  type AnswerStore,
  alternative,
  cached,
  degraded,
  type FallbackStep,
  fallback,
  forAxiosRetry,
  forCockatiel,
  forPRetry,
  forUndici,
  healthProbe,
  retryBudget,
  value,
} from '../../src/index.ts';
import { rejection } from '../setup/deferred.ts';

const DOWN = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
const down = (): Promise<never> => Promise.reject(DOWN);
const FAULT = new Error('a fault of the hook');
const throws = (): never => {
  throw FAULT;
};
const rejects = (): never => Promise.reject(FAULT) as never;
const ways: readonly (readonly [how: string, hook: () => never])[] = [
  ['throws', throws],
  ['rejects', rejects],
];

/** Waits for an error that is reported a little later. */
const reported = (onError: ReturnType<typeof vi.fn>, error: unknown, where: string) =>
  vi.waitFor(() => expect(onError.mock.calls).toContainEqual([error, where]));

describe.each(ways)('a hook that %s is reported by its name, and the answer stands:', (how, hook) => {
  it('when, which means no: the caller has the call’s own error', async () => {
    const onError = vi.fn();
    expect(await rejection(fallback([value(0)], { when: hook, onError }).run(down))).toBe(DOWN);
    await reported(onError, FAULT, 'when');
  });

  it('the store of what is cached, when it is to keep an answer', async () => {
    const onError = vi.fn();
    const store: AnswerStore = { get: () => null, set: hook };
    const chain = fallback([cached({ maxAge: 1_000, key: 'k', store })], { onError });
    expect(await chain.run(() => 1)).toMatchObject({ value: 1, servedBy: 'call' });
    await reported(onError, FAULT, 'store.set');
  });

  it('the store of what is cached, when it is to look one up: the next step is asked', async () => {
    const onError = vi.fn();
    const store: AnswerStore = { get: hook, set: () => undefined };
    const chain = fallback([cached({ maxAge: 1_000, key: 'k', store }), value(0)], { onError });
    expect(await chain.run(down)).toMatchObject({ value: 0, cause: DOWN });
    await reported(onError, FAULT, 'store.get');
  });

  it('the clock of what is cached: the runtime’s own stands in', async () => {
    const onError = vi.fn();
    const store = new Map();
    const step = cached({ maxAge: 60_000, key: 'k', store, clock: { wall: hook } });
    const chain = fallback([step], { onError });
    expect(await chain.run(() => 1)).toMatchObject({ value: 1, servedBy: 'call' });
    expect(await chain.run(down)).toMatchObject({ value: 1, servedBy: 'cached' });
    await reported(onError, FAULT, 'clock');
  });

  it('a step’s own keep', async () => {
    const onError = vi.fn();
    const step: FallbackStep<number> = { servedBy: 'degraded', answer: () => undefined, keep: hook };
    expect(await fallback([step], { onError }).run(() => 1)).toMatchObject({ value: 1, servedBy: 'call' });
    await reported(onError, FAULT, 'keep');
  });

  it('onError itself, which is ignored', async () => {
    const chain = fallback([value(0)], { when: throws, onError: hook });
    expect(await rejection(chain.run(down))).toBe(DOWN);
    const store: AnswerStore = { get: throws, set: throws };
    const ownChain = fallback([cached({ maxAge: 1, key: 'k', store, onError: hook }), value(0)]);
    expect(await ownChain.run(() => 1)).toMatchObject({ value: 1 });
    expect(await ownChain.run(down)).toMatchObject({ value: 0 });
  });

  it('onChange of a health probe: the pings continue', async () => {
    const onError = vi.fn();
    const ping = vi.fn(down);
    const breaker = createBreaker({ name: 'pinged', onError });
    const probe = healthProbe({ breaker, ping, every: 1, unhealthyAfter: 1, onChange: hook });
    probe.start();
    await reported(onError, FAULT, 'onChange');
    await vi.waitFor(() => expect(ping.mock.calls.length).toBeGreaterThan(2));
    probe.stop();
  });

  it('the scheduler of a health probe: the runtime’s timers stand in', async () => {
    const onError = vi.fn();
    const ping = vi.fn();
    const breaker = createBreaker({ name: 'pinged', onError });
    const later = (ms: number, act: () => void) => void setTimeout(act, ms);
    const after = (ms: number, act: () => void) => {
      if (how === 'rejects') later(ms, act);
      return hook();
    };
    const probe = healthProbe({ breaker, ping, every: 1, scheduler: { after } });
    probe.start();
    await reported(onError, FAULT, 'scheduler');
    await vi.waitFor(() => expect(ping.mock.calls.length).toBeGreaterThan(2));
    probe.stop();
  });

  it('what a scheduler gives to cancel with', async () => {
    const onError = vi.fn();
    const breaker = createBreaker({ name: 'pinged', onError });
    const probe = healthProbe({ breaker, ping: () => new Promise(() => {}), scheduler: { after: () => hook } });
    probe.start();
    probe.stop();
    await reported(onError, FAULT, 'scheduler');
  });

  it.each([
    ['shouldRetry', (budget: ReturnType<typeof retryBudget>) => forPRetry(budget, hook)({ error: DOWN })],
    ['retryCondition', (budget: ReturnType<typeof retryBudget>) => forAxiosRetry(budget, hook)(DOWN)],
    ['handleWhen', (budget: ReturnType<typeof retryBudget>) => forCockatiel(budget, hook)(DOWN)],
  ])('a predicate of retries, which means no: %s', async (where, asked) => {
    const onError = vi.fn();
    const budget = retryBudget({ onError });
    expect(asked(budget)).toBe(false);
    expect(budget.left).toBe(10);
    await reported(onError, FAULT, where);
  });

  it('the retry of undici, which means no: it gets the call’s own error, once', async () => {
    const onError = vi.fn();
    const budget = retryBudget({ breaker: createBreaker({ name: 'upstream', onError }) });
    const callback = vi.fn();
    forUndici(budget, hook)(DOWN, {}, callback);
    await reported(onError, FAULT, 'retry');
    expect(callback.mock.calls).toEqual([[DOWN]]);
    expect(budget.left).toBe(10);
  });

  it('a predicate over a budget of the user’s own without a report method', async () => {
    const { report: _, ...budget } = retryBudget();
    expect(forPRetry(budget as never, hook)({ error: DOWN })).toBe(false);
  });

  it('a step, which has no answer then', async () => {
    const backup = createBreaker({ name: 'backup' });
    for (const step of [degraded(hook), alternative(hook, { breaker: backup })]) {
      expect(await fallback([step, value(0)]).run(down)).toMatchObject({ value: 0, cause: DOWN });
    }
    expect(backup.metrics().failures).toBe(1);
  });
});

describe('when', () => {
  it('that reads what an error has not: the caller has the call’s own error', async () => {
    const onError = vi.fn();
    const when = (error: unknown) => (error as { response: { status: number } }).response.status >= 500;
    expect(await rejection(fallback([value(0)], { when, onError }).run(down))).toBe(DOWN);
    expect(onError).toHaveBeenCalledWith(expect.any(TypeError), 'when');
  });

  it('that returns a promise counts as false', async () => {
    const onError = vi.fn();
    const when = (async () => true) as never;
    expect(await rejection(fallback([value(0)], { when, onError }).run(down))).toBe(DOWN);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining('when') }), 'when');
  });
});

describe('an invalid entry of a store', () => {
  it.each([
    ['a text', 'kept'],
    ['no time', { value: 1 }],
    ['no number', { value: 1, at: 'now' }],
    ['NaN', { value: 1, at: Number.NaN }],
  ])('is ignored and reported: %s', async (_what, kept) => {
    const onError = vi.fn();
    const store = { get: () => kept as never, set: () => undefined };
    const chain = fallback([cached({ maxAge: 1_000, key: 'k', store }), value(0)], { onError });
    expect(await chain.run(down)).toMatchObject({ value: 0, servedBy: 'value' });
    expect(onError).toHaveBeenCalledWith(expect.any(TypeError), 'store.get');
  });
});
