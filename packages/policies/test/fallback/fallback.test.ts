import { consecutiveFailures, createBreaker, isCircuitOpen } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  alternative,
  cached,
  degraded,
  FallbackError,
  fallback,
  isFallbackError,
  type Kept,
  memoryStore,
  type Served,
  skip,
  value,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';

const DOWN = new Error('down');
const down = (): Promise<never> => Promise.reject(DOWN);

describe('a fallback', () => {
  it('leaves the answer of a call that succeeds as it is, and says so', async () => {
    const chain = fallback([value(0)]);
    expect(await chain.run(() => 7)).toEqual({ value: 7, servedBy: 'call', age: 0 });
    expect(chain.served).toMatchObject({ call: 1, value: 0 });
  });

  it.each([
    ['value', value(0), 0],
    ['skip', skip(), undefined],
    ['degraded', degraded(() => 'less'), 'less'],
    ['degraded', degraded(async () => 'less, later'), 'less, later'],
    ['alternative', alternative(() => 'other', { breaker: createBreaker({ name: 'other' }) }), 'other'],
  ])('serves by %s, says so, and keeps the very error as cause', async (servedBy, step, answer) => {
    const chain = fallback([step]);
    expect(await chain.run(down)).toEqual({ value: answer, servedBy, age: 0, cause: DOWN });
    expect(chain.served).toMatchObject({ call: 0, [servedBy]: 1 });
  });

  it('takes a call that throws for one that rejects', async () => {
    const thrown = (): never => {
      throw DOWN;
    };
    expect(await fallback([value(0)]).run(thrown)).toMatchObject({ value: 0, cause: DOWN });
  });

  it('asks its steps in order, until one answers', async () => {
    const asked: string[] = [];
    const step = (name: string) => degraded(() => asked.push(name) && name);
    const empty = cached({ maxAge: 1_000, key: 'none' });
    const broken = degraded(() => Promise.reject(new Error('broken')));
    expect(await fallback([empty, broken, step('a'), step('b')]).run(down)).toMatchObject({ value: 'a', cause: DOWN });
    expect(asked).toEqual(['a']);
  });

  it('gives the very error of the call where no step has an answer', async () => {
    expect(await rejection(fallback([cached({ maxAge: 1_000, key: 'none' })]).run(down))).toBe(DOWN);
  });

  it('that fails is an error of its own, with that of the call as its cause and all others beside it', async () => {
    const [first, second] = [new Error('first'), new Error('second')];
    const chain = fallback([degraded(() => Promise.reject(first)), degraded(() => Promise.reject(second))]);
    const error = (await rejection(chain.run(down))) as FallbackError;
    expect(error).toBeInstanceOf(FallbackError);
    expect(error).toMatchObject({ code: 'EFALLBACK', message: 'The call failed, and so did its fallback: down' });
    expect(error.cause).toBe(DOWN);
    expect(error.errors).toEqual([first, second]);
    expect(isFallbackError(new Error('wrapped', { cause: error }))).toBe(true);
    expect(isFallbackError(DOWN)).toBe(false);
    expect(Object.values(chain.served)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('that fails is judged by the error of the call, in a breaker further up', async () => {
    const [above, below] = [
      createBreaker({ name: 'above', openWhen: consecutiveFailures(1) }),
      createBreaker({ name: 'below' }),
    ];
    below.trip();
    const chain = fallback([degraded(() => Promise.reject(new Error('no')))]);
    const error = await rejection(above.run(() => chain.run(() => below.run(() => 'fine'))));
    expect(isCircuitOpen(error)).toBe(true);
    expect(above.metrics()).toMatchObject({ ignored: 1, failures: 0 });
    await rejection(above.run(() => chain.run(down)));
    expect(above.metrics()).toMatchObject({ state: 'open' });
  });

  it('that fails is a failure further up, though its alternative was refused', async () => {
    const above = createBreaker({ name: 'above', openWhen: consecutiveFailures(1) });
    const backup = createBreaker({ name: 'backup' });
    backup.trip();
    const error = await rejection(above.run(() => fallback([alternative(() => 1, { breaker: backup })]).run(down)));
    expect((error as FallbackError).errors).toMatchObject([{ code: 'EOPENBREAKER' }]);
    expect(above.state).toBe('open');
  });

  it('hides no outage: the breaker inside has the outcome before a step is asked', async () => {
    const breaker = createBreaker({ name: 'prices', openWhen: consecutiveFailures(1) });
    const seen = degraded(() => breaker.state);
    expect(await fallback([seen]).run(() => breaker.run(down))).toMatchObject({ value: 'open' });
  });

  it('serves no caller who has given up, and rejects with the error of the call', async () => {
    const caller = new AbortController();
    const work = deferred();
    const step = vi.fn(() => 0);
    const call = fallback([degraded(step)]).run(() => work.promise, { signal: caller.signal });
    caller.abort('bored');
    work.reject(DOWN);
    expect(await rejection(call)).toBe(DOWN);
    expect(await rejection(fallback([degraded(step)]).run(() => 1, { signal: caller.signal }))).toBe('bored');
    expect(step).not.toHaveBeenCalled();
  });

  it('falls back only from what it is asked to', async () => {
    const chain = fallback([value(0)], { when: isCircuitOpen });
    expect(await rejection(chain.run(down))).toBe(DOWN);
    const open = createBreaker({ name: 'open' });
    open.trip();
    expect(await chain.run(() => open.run(() => 1))).toMatchObject({ value: 0, servedBy: 'value' });
  });

  it('has the types of the call and of its steps', () => {
    const chain = fallback([cached({ maxAge: 1 }), degraded(() => 'text'), value(0)]);
    expectTypeOf(chain.run(async () => new Date())).resolves.toEqualTypeOf<Served<Date | string | 0>>();
    expectTypeOf(fallback([skip()]).run(() => 1)).resolves.toEqualTypeOf<Served<number | undefined>>();
  });

  it.each([
    ['no steps', [], 'fallback must be a list of at least one step, got an object'],
    ['anything but a step', [7], 'fallback must be a list of steps such as value(0), got 7'],
    ['a step after one that always answers', [value(0), skip()], 'fallback: skip after value is never tried'],
  ])('with %s is refused', (_what, steps, message) => {
    expect(() => fallback(steps as never)).toThrow(message);
  });
});

describe('an alternative', () => {
  it('is left alone while its own breaker is open', async () => {
    const breaker = createBreaker({ name: 'backup', openWhen: consecutiveFailures(1) });
    const ask = vi.fn(down);
    const chain = fallback([alternative(ask, { breaker }), value('none')]);
    expect(await chain.run(down)).toMatchObject({ servedBy: 'value' });
    expect(await chain.run(down)).toMatchObject({ servedBy: 'value' });
    expect(ask).toHaveBeenCalledTimes(1);
    expect(breaker.state).toBe('open');
  });

  it('without a breaker is refused', () => {
    expect(() => alternative(down, {} as never)).toThrow(
      'breaker must be the breaker of the alternative service, got undefined',
    );
  });
});

describe('what is cached', () => {
  it('is the last good answer of the same key, with its age, until it is too old', async () => {
    const clock = manualClock();
    const chain = fallback([cached({ maxAge: 1_000, clock })]);
    const ask = (key: string, call: () => unknown) => chain.run(call, { key });
    await ask('pen', () => 1);
    clock.advance(400);
    await ask('pen', () => 2);
    await ask('ink', () => 9);
    clock.advance(1_000);
    expect(await ask('pen', down)).toEqual({ value: 2, servedBy: 'cached', age: 1_000, cause: DOWN });
    expect(await rejection(ask('nib', down))).toBe(DOWN);
    clock.advance(1);
    expect(await rejection(ask('pen', down))).toBe(DOWN);
  });

  it('is of no age, where the wall clock was set back', async () => {
    const clock = manualClock();
    const chain = fallback([cached({ maxAge: 1_000, key: 'one', clock })]);
    await chain.run(() => 1);
    clock.setWall(0);
    expect(await chain.run(down)).toMatchObject({ value: 1, age: 0 });
  });

  it('is neither kept nor served for calls without a key', async () => {
    const store = { get: vi.fn(), set: vi.fn() };
    const chain = fallback([cached({ maxAge: 1_000, store })]);
    await chain.run(() => 1);
    expect(await rejection(chain.run(down))).toBe(DOWN);
    expect(store.get).not.toHaveBeenCalled();
    expect(store.set).not.toHaveBeenCalled();
  });

  it('is kept beside the call: a store that hangs or fails delays no caller and is reported', async () => {
    const onError = vi.fn(() => {
      throw new Error('not caught');
    });
    const hanging = deferred<void>();
    const answers = [hanging.promise, Promise.reject(new Error('full'))];
    const store = { get: () => Promise.reject(new Error('gone')), set: () => answers.shift() };
    const chain = fallback([cached({ maxAge: 1_000, key: 'one', store, onError })]);
    expect(await chain.run(() => 1)).toMatchObject({ value: 1 });
    expect(await chain.run(() => 2)).toMatchObject({ value: 2 });
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'full' })));
    const error = (await rejection(chain.run(down))) as FallbackError;
    expect(error.errors).toEqual([expect.objectContaining({ message: 'gone' })]);
    hanging.resolve();
  });

  it('can be kept in a Map, and in memory for a limited number of keys', async () => {
    const map = new Map<string, Kept>();
    await fallback([cached({ maxAge: 1_000, key: 'one', store: map })]).run(() => 1);
    expect(map.get('one')).toMatchObject({ value: 1 });
    const store = memoryStore(2);
    for (const key of ['a', 'b', 'a', 'c']) store.set(key, { value: key, at: 0 });
    expect(['a', 'b', 'c'].map((key) => store.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it.each([
    [{}, 'maxAge must be a number greater than 0, got undefined'],
    [{ maxAge: 0 }, 'maxAge must be a number greater than 0, got 0'],
    [{ maxAge: 1, key: 5 }, 'key must be a string, got 5'],
    [{ maxAge: 1, store: {} }, 'store must be a store with get and set, got an object'],
    [{ maxAge: 1, ttl: 5 }, "cached has no option 'ttl'"],
  ])('made with %j is refused', (options, message) => {
    expect(() => cached(options as never)).toThrow(message);
  });
});
