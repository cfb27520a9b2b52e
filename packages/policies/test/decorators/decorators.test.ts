import { consecutiveFailures, createBreaker, createRegistry, isCircuitOpen } from '@switchgear/core';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Bulkhead,
  CircuitBreaker,
  Fallback,
  Retry,
  setDefaultRegistry,
  TimeLimiter,
} from '../../src/decorators/index.ts';
import { bulkhead, isBulkheadFull, isTimeout, retry, timeout } from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';
import { modes, servicesBy } from './compiled.ts';

const DOWN = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
const down = () => vi.fn(() => Promise.reject(DOWN));

let registry: ReturnType<typeof createRegistry>;
beforeEach(() => {
  registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(3) }) });
  setDefaultRegistry(registry);
});

describe.each(modes)('decorators, compiled by %s,', (mode) => {
  let services: Awaited<ReturnType<typeof servicesBy>>;
  beforeAll(async () => {
    services = await servicesBy(mode);
  });

  it.each(['CircuitBreakerPatternService', 'OtherOrder'] as const)(
    'put the retry outside the breaker in both orders: %s',
    async (service) => {
      const call = down();
      services.outside.call = call;
      const made = new services[service]();
      expect(await rejection(made.callExternalService())).toBe(DOWN);
      const breaker = registry.get(service === 'OtherOrder' ? 'other' : 'circuit-breaker');
      // Each attempt has counted: three failures in a row open it.
      expect([call.mock.calls.length, breaker.state]).toEqual([3, 'open']);
      expect(isCircuitOpen(await rejection(made.callExternalService()))).toBe(true);
      expect([call.mock.calls.length, breaker.metrics().rejected]).toEqual([3, 1]);
    },
  );

  it('keep this, arguments, name and length, and answer with the same value', async () => {
    services.outside.call = vi.fn(async (...args) => args.join());
    const [one, other] = [new services.All('one'), new services.All('other')];
    expect(await Promise.all([one.ask('a'), new services.Sub('sub').instead('x')])).toEqual(['one a,', 'sub of x']);
    expect(await other.ask('b')).toBe('other b,');
    expect([one.ask.name, one.ask.length]).toEqual(['ask', 2]);
    expect(services.Kinds.prototype.byFunction).toHaveLength(1);
  });

  it('stand in the recommended order: fallback, retry, bulkhead, breaker, time limit', async () => {
    const hang = vi.fn(() => new Promise<string>(() => undefined));
    services.outside.call = hang;
    const all = new services.All('all');
    const first = all.ask('pen');
    // The bulkhead refuses the second, which is not retried; the fallback answers.
    expect(await all.ask('ink')).toMatch(/^all without ink: Bulkhead "bulkhead" is full/);
    expect(await first).toMatch(/^all without pen: /);
    // The slot of work that goes on is kept, so that the retry of the first found none.
    expect([hang.mock.calls.length, registry.get('all').metrics().failures]).toEqual([1, 1]);
  });

  it('find the method that answers on the object of the call', async () => {
    services.outside.call = down();
    expect(await new services.Kinds().answered(7)).toBe('7: down');
    expect(await new services.Kinds().byFunction(8)).toBe('8 of Kinds');
    expect(await services.Kinds.shared()).toBe('default');
  });

  it('ask the breaker that belongs to the object, and none if there is none', async () => {
    services.outside.call = down();
    const [guarded, free] = [new services.Kinds(), new services.Kinds()];
    guarded.breaker = createBreaker({ name: 'own', openWhen: consecutiveFailures(1) });
    for (const each of [guarded, free]) await rejection(each.own());
    expect(isCircuitOpen(await rejection(guarded.own()))).toBe(true);
    expect(await rejection(free.own())).toBe(DOWN);
  });

  it('pass a signal that aborts with the caller’s and when the time is over', async () => {
    const kinds = new services.Kinds();
    const seen: AbortSignal[] = [];
    services.outside.call = (signal) =>
      new Promise((_, reject) => {
        seen.push(signal as AbortSignal);
        (signal as AbortSignal).addEventListener('abort', () => reject(new Error('stopped')));
      });
    const caller = new AbortController();
    expect(isTimeout(await rejection(kinds.slow(caller.signal)))).toBe(true);
    const left = kinds.slow(caller.signal);
    caller.abort('bored');
    await rejection(left);
    expect(seen.map(({ aborted, reason }) => [aborted, isTimeout(reason) || reason])).toEqual([
      [true, true],
      [true, 'bored'],
    ]);
  });
});

describe('a decorator', () => {
  const method = async () => 'made';
  const decorate = (decorator: unknown, value: unknown = method, kind = 'method', rest = {}) =>
    (decorator as (value: unknown, context: object) => () => Promise<string>)(value, { kind, name: 'order', ...rest });

  it('takes a policy that is shared instead of options', async () => {
    const slots = bulkhead({ concurrent: 1 });
    const work = deferred();
    const busy = slots.run(() => work.promise);
    expect(isBulkheadFull(await rejection(decorate(Bulkhead(slots))()))).toBe(true);
    work.resolve(undefined);
    await busy;
    const policy = retry({ wait: 1, maxWait: 1 });
    await rejection(decorate(Retry(policy), down())());
    expect(policy.retries).toBe(2);
    const limit = timeout(10);
    expect(isTimeout(await rejection(decorate(TimeLimiter(limit), () => new Promise(() => undefined))()))).toBe(true);
    expect(limit.abandoned).toBe(1);
  });

  it('keeps what other decorators have stored on the method, as Nest does its routes', async () => {
    const routed = Object.assign(async () => 'made', { path: '/orders' });
    const stored = new Map<object, string>([[routed, 'metadata']]);
    const reflection = {
      getOwnMetadataKeys: () => ['route'],
      getOwnMetadata: (_key: unknown, target: object) => stored.get(target),
      defineMetadata: (_key: unknown, value: string, target: object) => stored.set(target, value),
    };
    Object.assign(Reflect, reflection);
    try {
      const made = decorate(Retry(), decorate(CircuitBreaker({ name: 'a' }), routed));
      expect(made).toHaveProperty('path', '/orders');
      expect(stored.get(made)).toBe('metadata');
    } finally {
      for (const name of Object.keys(reflection)) Reflect.deleteProperty(Reflect, name);
    }
  });

  it.each([
    ['a getter', 'getter', {}, 'order is a getter'],
    ['an accessor', 'accessor', {}, 'order is a accessor'],
    ['a field', 'field', {}, 'order is a field'],
    ['a class', 'class', {}, 'order is a class'],
    ['a private method', 'method', { private: true }, 'order is private'],
  ])('of %s is refused', (_what, kind, rest, message) => {
    expect(() => decorate(Retry(), method, kind, rest)).toThrow(`@Retry decorates public methods only; ${message}`);
  });

  it.each([
    ['an accessor', { get: () => 1 }, 'order is an accessor'],
    ['a field', undefined, 'order is not a method'],
  ])('of %s is refused with experimentalDecorators', (_what, descriptor, message) => {
    const legacy = Retry() as unknown as (target: object, key: string, descriptor: unknown) => unknown;
    expect(() => legacy({}, 'order', descriptor)).toThrow(`@Retry decorates public methods only; ${message}`);
  });

  it.each<[make: () => unknown, message: string]>([
    [() => CircuitBreaker({} as never), '@CircuitBreaker must be given a name, a breaker or a function'],
    [() => CircuitBreaker(undefined as never), '@CircuitBreaker must be given a name, a breaker or a function'],
    [() => Retry({ attempts: 0 }), 'attempts must be a whole number of at least 1, got 0'],
    [() => TimeLimiter(0), 'timeout must be a number of milliseconds greater than 0'],
    [() => Fallback([]), 'fallback must be a list of at least one step'],
    [() => setDefaultRegistry({} as never), 'setDefaultRegistry must be a registry'],
    [() => decorate(Retry(), decorate(Retry())), 'order has two decorators for its retry: @Retry and @Retry'],
    [
      () => decorate(Fallback('a'), decorate(CircuitBreaker({ name: 'a', fallbackMethod: 'b' }))),
      'order has two decorators for its fallback: @Fallback and @CircuitBreaker',
    ],
    [
      () => decorate(TimeLimiter(60_000), decorate(CircuitBreaker(createBreaker({ name: 'a' })))),
      'the time limit inside is 60000 ms',
    ],
  ])('given nonsense says so when the class is made, case %#', (make, message) => {
    expect(make).toThrow(message);
  });

  it('whose function picks no breaker, or whose method does not exist, says so to the caller', async () => {
    const picks = decorate(CircuitBreaker((() => 5) as never));
    expect(((await rejection(picks())) as Error).message).toContain('the breaker must be a breaker or undefined');
    const answers = decorate(Fallback('missing'), down());
    expect(await rejection(answers())).toMatchObject({ code: 'EFALLBACK', cause: DOWN });
  });

  it('finds a breaker with the default options for a name if no registry was set', async () => {
    vi.resetModules();
    const fresh = await import('../../src/decorators/index.ts');
    const made = decorate(fresh.CircuitBreaker({ name: 'unset' }));
    expect(await made()).toBe('made');
  });
});
