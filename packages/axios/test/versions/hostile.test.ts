import { AsyncLocalStorage } from 'node:async_hooks';
import { CircuitOpenError, createBreaker } from '@switchgear/core';
import { countPermits } from '@switchgear/testkit';
import axios, { type AxiosResponse } from 'axios';
import { describe, expect, it } from 'vitest';
import { type ProtectAxiosOptions, protectAxios } from '../../src/index.ts';

const mistake = new Error('a hook with a mistake');
const thrower = () => {
  throw mistake;
};

function failing(error: unknown, options: Partial<ProtectAxiosOptions> = {}) {
  const outcomes: string[] = [];
  const errors: string[] = [];
  const permits = countPermits(createBreaker({ name: 'hostile', onError: (_error, where) => errors.push(where) }));
  permits.breaker.subscribe(({ outcome = '' }) => outcomes.push(outcome), { outcomes: true });
  const client = axios.create({ adapter: () => Promise.reject(error) });
  protectAxios(client, { breaker: permits.breaker, ...options });
  return { client, permits, outcomes, errors };
}

const circle = new Error('a circular error');
circle.cause = circle;
const getters = Object.defineProperties(new Error('getters'), {
  name: { get: thrower },
  code: { get: thrower },
  cause: { get: thrower },
  message: { get: thrower },
  config: { get: thrower },
  response: { get: thrower },
});
/** As Safari's broken DOMException is, which axios' own suite has. */
const domException = new Proxy(Object.create(Error.prototype), { get: thrower });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('whatever is thrown, the caller gets exactly that and the permit is settled', () => {
  it.each<[what: string, error: unknown]>([
    ['an error whose getters throw', getters],
    ['an error of axios’ with such a cause', Object.assign(new axios.AxiosError('Network Error'), { cause: getters })],
    ['a proxy that throws', domException],
    [
      'an error of axios’ with a cause that throws',
      Object.assign(new axios.AxiosError('Network Error'), { cause: domException }),
    ],
    ['a proxy that is revoked', revoked.proxy],
    ['an object without a prototype', Object.create(null)],
    ['a circular error', circle],
    ['an aggregate of ten thousand', new AggregateError(Array.from({ length: 10_000 }, () => new Error('one')))],
    ['a response that throws', { response: domException, config: domException }],
    ['a ruling from a server’s JSON', { '@switchgear/ruling': { outcome: 'success' } }],
    ['a text', 'a text'],
    ['null', null],
    ['undefined', undefined],
  ])('%s', async (_what, error) => {
    const { client, permits, outcomes } = failing(error);
    // axios itself reads errors on their way to the caller, so the adapter is called directly.
    const adapter = axios.getAdapter(client.defaults.adapter);
    const caught = await adapter({ headers: new axios.AxiosHeaders() }).catch((reason: unknown) => [reason]);
    expect(Object.is(Object(caught)[0], error)).toBe(true);
    expect(outcomes).toHaveLength(1);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  });

  it('an aggregate is not the service’s only if all its members are', async () => {
    const refused = new CircuitOpenError('below', 1, { rule: 'trip', at: 0 });
    const own = Object.assign(new Error('mine'), { code: 'EMFILE' });
    const down = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
    for (const members of [
      [refused, down, own],
      [down, own, refused],
      [own, refused, down],
    ]) {
      const { client, outcomes } = failing(new AggregateError(members));
      await expect(client.get('/')).rejects.toThrow();
      expect(outcomes).toEqual(['failure']);
    }
    const { client, outcomes } = failing(new AggregateError([refused, own]));
    await expect(client.get('/')).rejects.toThrow();
    expect(outcomes).toEqual(['ignored']);
  });
});

describe('a classifier that fails changes nothing, and is reported', () => {
  it.each<[how: string, classify: () => unknown]>([
    ['throws', thrower],
    ['rejects', () => Promise.reject(mistake)],
    ['answers later', async () => 'ignored'],
    ['answers nonsense', () => 5],
  ])('%s', async (_how, classify) => {
    const { client, outcomes, errors } = failing(new Error('down'), { classify: classify as never });
    await expect(client.get('/')).rejects.toThrow('down');
    await new Promise(setImmediate);
    expect(outcomes).toEqual(['failure']);
    expect(new Set(errors)).toEqual(new Set(['classify']));
  });
});

describe('an invalid choice of a breaker rejects the request, and nothing is sent', () => {
  const sending = () => axios.create({ adapter: () => expect.unreachable('it was sent') });

  it.each<[what: string, breaker: () => unknown]>([
    ['a promise', async () => undefined],
    ['a promise that rejects', () => Promise.reject(mistake)],
    ['a name', () => 'payments'],
    ['an object', () => ({})],
  ])('%s', async (_what, breaker) => {
    const client = sending();
    protectAxios(client, { breaker: breaker as never });
    await expect(client.get('/')).rejects.toThrow('what breaker picks must be a breaker or undefined, at once');
  });

  it('in the config of a request as well', async () => {
    const client = sending();
    protectAxios(client, { breaker: createBreaker({ name: 'usual' }) });
    await expect(client.get('/', { breaker: { name: 'a copy' } as never })).rejects.toThrow(
      "a request's breaker must be",
    );
  });
});

it('a streamed answer that cannot be observed comes through, and the permit is settled', async () => {
  const locked = new Blob(['x']).stream();
  locked.getReader();
  const odd = [
    { status: 200, data: locked },
    Object.freeze({ status: 200, data: new Blob(['x']).stream() }),
    { status: 200, data: { once: thrower, readableEnded: false, closed: false } },
    undefined,
  ] as unknown as AxiosResponse[];
  for (const response of odd) {
    const permits = countPermits(createBreaker({ name: 'odd' }));
    const client = axios.create({ adapter: () => Promise.resolve(response) });
    protectAxios(client, { breaker: permits.breaker, observeBody: true });
    const adapter = axios.getAdapter(client.defaults.adapter);
    expect(await adapter({ headers: new axios.AxiosHeaders() })).toBe(response);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  }
});

it('each call, and each hook, sees the AsyncLocalStorage of its own caller', async () => {
  const store = new AsyncLocalStorage<string>();
  const seen: [string | undefined, string][] = [];
  const note = (where: string) => void seen.push([store.getStore(), where]);
  const breaker = createBreaker({ name: 'stores' });
  const client = axios.create({
    adapter: async () => {
      note('adapter');
      await new Promise(setImmediate);
      note('adapter, later');
      throw new Error('down');
    },
  });
  protectAxios(client, {
    breaker: () => {
      note('breaker');
      return breaker;
    },
    classify: () => note('classify'),
  });
  const names = ['a', 'b', 'c'];
  await Promise.all(names.map((name) => store.run(name, () => client.get('/').catch(() => note('caught')))));
  for (const name of names) {
    const own = seen.filter(([whose]) => whose === name).map(([, where]) => where);
    expect(own).toEqual(['breaker', 'adapter', 'adapter, later', 'classify', 'caught']);
  }
});
