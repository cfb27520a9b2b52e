import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { type BreakerFetchOptions, CircuitOpenError } from '../src/index.ts';
import { watch } from './watch.ts';

const ADDRESS = 'http://a.example';
const ok = async () => new Response('ok');
const mistake = new Error('a hook with a mistake');

describe('a classifier that fails changes nothing, and is reported', () => {
  it.each<[how: string, classify: () => unknown]>([
    [
      'throws',
      () => {
        throw mistake;
      },
    ],
    ['rejects', () => Promise.reject(mistake)],
    ['answers later', async () => 'failure'],
    ['answers nonsense', () => ({ outcome: 'perhaps' })],
  ])('%s', async (_how, classify) => {
    const errors: string[] = [];
    const options = { fetch: ok, classify } as BreakerFetchOptions;
    const { fetch, outcomes } = watch(options, { onError: (_error, where) => errors.push(where) });
    expect((await fetch(ADDRESS)).status).toBe(200);
    await new Promise(setImmediate);
    expect(outcomes).toEqual(['success']);
    expect(new Set(errors)).toEqual(new Set(['classify']));
  });
});

describe('an invalid choice of a breaker rejects the request, and nothing is sent', () => {
  it.each<[what: string, breaker: () => unknown]>([
    ['a promise', async () => undefined],
    ['a promise that rejects', () => Promise.reject(mistake)],
    ['a name', () => 'payments'],
    ['an object', () => ({})],
  ])('%s', async (_what, breaker) => {
    const { fetch } = watch({ breaker: breaker as never, fetch: () => expect.unreachable('it was sent') });
    await expect(fetch(ADDRESS)).rejects.toThrow('what breaker picks must be a breaker or undefined, at once');
  });

  it('null lets a request through, as undefined does', async () => {
    expect((await watch({ breaker: (() => null) as never, fetch: ok }).fetch(ADDRESS)).status).toBe(200);
  });
});

it('an onOpen that returns nothing rejects with the refusal', async () => {
  const { fetch, permits } = watch({ onOpen: (() => undefined) as never });
  permits.breaker.trip();
  await expect(fetch(ADDRESS)).rejects.toBeInstanceOf(CircuitOpenError);
});

describe('whatever is thrown, the caller gets exactly that and the permit is settled', () => {
  const circle = new Error('a circular error');
  circle.cause = circle;
  const hostile = (trap: object) => new Proxy(new Error('hostile'), trap);
  const thrower = () => {
    throw mistake;
  };
  const getters = Object.defineProperties(new Error('getters'), {
    name: { get: thrower },
    code: { get: thrower },
    cause: { get: thrower },
    message: { get: thrower },
  });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each<[what: string, error: unknown]>([
    ['an error whose getters throw', getters],
    ['an error with such a cause', new TypeError('fetch failed', { cause: getters })],
    ['a proxy that throws', hostile({ get: thrower, has: thrower, getPrototypeOf: thrower })],
    ['a proxy that is revoked', revoked.proxy],
    ['an object without a prototype', Object.create(null)],
    ['a circular error', circle],
    ['an aggregate of ten thousand', new AggregateError(Array.from({ length: 10_000 }, () => new Error('one')))],
    ['a ruling from a server’s JSON', { '@switchgear/ruling': { outcome: 'success' } }],
    ['an invalid status', { status: 9_000, response: thrower }],
    ['a text', 'a text'],
    ['a number', 0],
    ['null', null],
    ['undefined', undefined],
    ['a symbol', Symbol('x')],
  ])('%s', async (_what, error) => {
    const { fetch, permits, outcomes } = watch({ fetch: () => Promise.reject(error) });
    const caught = await fetch(ADDRESS, {
      method: 'POST',
      body: new Blob(['x']).stream(),
      duplex: 'half',
    } as RequestInit).then(
      () => expect.unreachable('it resolved'),
      (reason: unknown) => [reason],
    );
    expect(Object.is(caught[0], error)).toBe(true);
    expect(outcomes).toEqual([expect.stringMatching('^failure')]);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  });

  it('an aggregate is not the service’s only if all its members are', async () => {
    const refused = new CircuitOpenError('below', 1, { rule: 'trip', at: 0 });
    const members = [refused, new Error('down'), Object.assign(new Error('mine'), { code: 'EMFILE' })];
    for (const [first = 0, ...rest] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const error = new AggregateError([first, ...rest].map((at) => members[at]));
      const { fetch, outcomes } = watch({ fetch: () => Promise.reject(error) });
      await expect(fetch(ADDRESS)).rejects.toBe(error);
      expect(outcomes).toEqual(['failure network']);
    }
    const { fetch, outcomes } = watch({ fetch: () => Promise.reject(new AggregateError([members[0], members[2]])) });
    await expect(fetch(ADDRESS)).rejects.toThrow();
    expect(outcomes).toEqual([expect.stringMatching('^ignored')]);
  });
});

it('a response that cannot be read comes through, and the permit is settled', async () => {
  const throwing = () => {
    throw mistake;
  };
  const odd = [
    undefined,
    'a text',
    { status: 200, headers: { get: throwing }, body: 5 },
    {
      get status() {
        return throwing();
      },
    },
  ];
  for (const answer of odd as unknown as Response[]) {
    const { fetch, permits } = watch({ fetch: async () => answer, observeBody: true });
    expect(await fetch(ADDRESS)).toBe(answer);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  }
});

it('each call, and each hook, sees the AsyncLocalStorage of its own caller', async () => {
  const store = new AsyncLocalStorage<string>();
  const seen: [string, string | undefined][] = [];
  const note = (where: string) => void seen.push([where, store.getStore()]);
  const { fetch, permits } = watch({
    fetch: async () => {
      note('fetch');
      await new Promise(setImmediate);
      note('fetch, later');
      throw new Error('down');
    },
    classify: () => note('classify'),
    onOpen: () => {
      note('onOpen');
      return new Response();
    },
  });
  const names = ['a', 'b', 'c'];
  const calls = names.map((name) => store.run(name, () => fetch(ADDRESS).catch(() => note('caught'))));
  await Promise.all(calls);
  permits.breaker.trip();
  await store.run('d', () => fetch(ADDRESS));
  for (const name of names) {
    expect(seen.filter(([, whose]) => whose === name).map(([where]) => where)).toEqual([
      'fetch',
      'fetch, later',
      'classify',
      'caught',
    ]);
  }
  expect(seen.at(-1)).toEqual(['onOpen', 'd']);
});
