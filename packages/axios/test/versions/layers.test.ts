import { type Breaker, createBreaker } from '@switchgear/core';
import { countPermits } from '@switchgear/testkit';
import axios from 'axios';
import { describe, expect, it } from 'vitest';
import { originOf, protectAxios } from '../../src/index.ts';
import { memoryAdapter } from './memory-adapter.ts';

const watched = (name: string) => countPermits(createBreaker({ name }));
const unprotected = () => axios.create({ adapter: memoryAdapter() });

describe('one protection', () => {
  it('goes as it came', async () => {
    const instance = unprotected();
    const before = instance.defaults.adapter;
    const { breaker } = watched('one');
    const protection = protectAxios(instance, { breaker });
    expect(instance.defaults.adapter).not.toBe(before);
    protection.eject();
    expect(instance.defaults.adapter).toBe(before);
    protection.eject();
    expect(instance.defaults.adapter).toBe(before);
  });

  it('can be put back', async () => {
    const instance = unprotected();
    const permits = watched('one');
    protectAxios(instance, { breaker: permits.breaker }).eject();
    protectAxios(instance, { breaker: permits.breaker });
    await instance.get('/ok');
    expect(permits.issued).toBe(1);
  });

  it('settles what was under way when it was ejected', async () => {
    const instance = unprotected();
    const permits = watched('one');
    const protection = protectAxios(instance, { breaker: permits.breaker });
    const request = instance.get('/ok');
    await expect.poll(() => permits.inFlight).toBe(1);
    protection.eject();
    await request;
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });

  it('leaves alone what was put over it, and lets through from then on', async () => {
    const instance = unprotected();
    const permits = watched('one');
    const protection = protectAxios(instance, { breaker: permits.breaker });
    const ours = axios.getAdapter(instance.defaults.adapter);
    const theirs: typeof ours = (config) => ours(config);
    instance.defaults.adapter = theirs;
    protection.eject();
    expect(instance.defaults.adapter).toBe(theirs);
    expect((await instance.get('/ok')).data).toBe('/ok');
    expect(permits.issued).toBe(0);
  });

  it('of axios itself is shared by instances made later, until it is ejected', async () => {
    const made = axios.create({ baseURL: 'ftp://127.0.0.1' });
    const { breaker } = watched('one');
    const protection = protectAxios(axios, { breaker });
    const madeLater = axios.create({ baseURL: 'ftp://127.0.0.1' });
    breaker.trip();
    await expect(madeLater.get('/')).rejects.toHaveProperty('code', 'EOPENBREAKER');
    await expect(axios.get('/')).rejects.toHaveProperty('code', 'EOPENBREAKER');
    await expect(made.get('/')).rejects.toThrow('Unsupported protocol');
    protection.eject();
    await expect(madeLater.get('/')).rejects.toThrow('Unsupported protocol');
    expect(axios.defaults.adapter).toEqual(expect.any(Array));
  });

  it('does not see a request with an adapter of its own', async () => {
    const instance = unprotected();
    const permits = watched('one');
    protectAxios(instance, { breaker: permits.breaker });
    await instance.get('/ok', { adapter: memoryAdapter() });
    expect(permits.issued).toBe(0);
  });

  it('counts a request once that is repeated with its old config on another instance', async () => {
    const instance = unprotected();
    const permits = watched('one');
    protectAxios(instance, { breaker: permits.breaker });
    const { config } = await instance.get('/ok');
    await axios(config);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
  });

  it('picks the adapter again for each request', async () => {
    const instance = axios.create({ adapter: ['nobody', memoryAdapter()] as never });
    protectAxios(instance, { breaker: createBreaker({ name: 'one' }) });
    await expect(instance.get('/ok')).rejects.toThrow("Unknown adapter 'nobody'");
  });

  it('uses axios’ own adapters for an instance that has none', async () => {
    const instance = unprotected();
    const permits = watched('one');
    delete instance.defaults.adapter;
    const { eject } = protectAxios(instance, { breaker: permits.breaker });
    await expect(instance.get('ftp://127.0.0.1')).rejects.toThrow('Unsupported protocol');
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
    eject();
    expect(instance.defaults.adapter).toBeUndefined();
  });
});

describe('several protections', () => {
  it('nest: each counts, and a refusal of the inner one counts nowhere', async () => {
    const instance = unprotected();
    const [inner, outer] = [watched('inner'), watched('outer')];
    protectAxios(instance, { breaker: inner.breaker });
    protectAxios(instance, { breaker: outer.breaker });
    await instance.get('/ok');
    expect([inner.issued, outer.issued]).toEqual([1, 1]);
    inner.breaker.trip();
    await expect(instance.get('/ok')).rejects.toHaveProperty('cause.breaker', 'inner');
    expect(outer.breaker.metrics()).toMatchObject({ calls: 1, failures: 0, ignored: 1 });
    expect(outer).toMatchObject({ inFlight: 0, settledTwice: 0 });
  });

  it('go in any order, and leave what was there before', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0],
    ] as const) {
      const instance = unprotected();
      const before = instance.defaults.adapter;
      const protections = ['a', 'b', 'c'].map((name) => protectAxios(instance, { breaker: createBreaker({ name }) }));
      for (const each of order) protections[each]?.eject();
      expect(instance.defaults.adapter).toBe(before);
    }
  });

  it('are not of the same breaker: it would refuse its own probes', () => {
    const instance = unprotected();
    const { breaker } = watched('same');
    protectAxios(instance, { breaker });
    protectAxios(instance, { breaker: createBreaker({ name: 'other' }) });
    expect(() => protectAxios(instance, { breaker })).toThrow('this breaker protects this instance already');
    expect(() => protectAxios(unprotected(), { breaker })).not.toThrow();
  });
});

describe('the breaker of a request', () => {
  it('is picked by a function of its config', async () => {
    const instance = unprotected();
    const byOrigin = new Map([
      ['https://a.example', watched('a')],
      ['https://b.example', watched('b')],
    ]);
    protectAxios(instance, { breaker: (config) => byOrigin.get(originOf(config))?.breaker });
    await instance.get('/ok', { baseURL: 'https://a.example' });
    await instance.get('/ok', { baseURL: 'https://c.example' });
    expect([...byOrigin.values()].map(({ issued }) => issued)).toEqual([1, 0]);
  });

  it('a function that throws rejects the request, and nothing is sent', async () => {
    const adapter = memoryAdapter();
    const instance = axios.create({ adapter });
    const mistake = new Error('a picker with a mistake');
    protectAxios(instance, {
      breaker: () => {
        throw mistake;
      },
    });
    await expect(instance.get('/ok')).rejects.toBe(mistake);
    expect(adapter.sent).toEqual([]);
  });

  it('can be named by the request', async () => {
    const instance = unprotected();
    const [usual, own] = [watched('usual'), watched('own')];
    protectAxios(instance, { breaker: usual.breaker });
    await instance.get('/ok', { breaker: own.breaker });
    await instance.get('/ok', { breaker: undefined });
    expect([usual.issued, own.issued]).toEqual([1, 1]);
  });

  it('can be none for the request', async () => {
    const instance = unprotected();
    const usual = watched('usual');
    protectAxios(instance, { breaker: usual.breaker });
    usual.breaker.trip();
    await expect(instance.get('/ok', { breaker: false })).resolves.toHaveProperty('data', '/ok');
    expect(usual.issued).toBe(0);
  });

  it('named by the request takes one permit, however many protections there are', async () => {
    const instance = unprotected();
    const [a, b, own] = [watched('a'), watched('b'), watched('own')];
    const inner = protectAxios(instance, { breaker: a.breaker });
    protectAxios(instance, { breaker: b.breaker });
    await instance.get('/ok', { breaker: own.breaker });
    inner.eject();
    await instance.get('/ok', { breaker: own.breaker });
    expect([a.issued, b.issued, own.issued]).toEqual([0, 0, 2]);
  });
});

describe('options are checked when they are given', () => {
  const { breaker } = watched('options');

  it.each<[rule: string, options: unknown, message: string]>([
    ['none at all', undefined, 'breaker must be a breaker'],
    ['no breaker', {}, 'breaker must be a breaker'],
    ['an object that is not a breaker', { breaker: {} }, 'breaker must be a breaker'],
    [
      'a name for a breaker',
      { breaker: 'payments' },
      "breaker must be a breaker or a function that picks one for a request, got 'payments'",
    ],
    ['a classifier that is not a function', { breaker, classify: 'all' }, "classify must be a function, got 'all'"],
    [
      'an unknown option',
      { breaker, clasify: () => undefined },
      "protectAxios has no option 'clasify'; it takes breaker, route, attempts, trust, classify, observeBody",
    ],
  ])('%s', (_rule, options, message) => {
    const instance = unprotected();
    const before = instance.defaults.adapter;
    expect(() => protectAxios(instance, options as { breaker: Breaker })).toThrow(message);
    expect(instance.defaults.adapter).toBe(before);
  });

  it('undefined is an option left out', () => {
    expect(() => protectAxios(unprotected(), { breaker, classify: undefined })).not.toThrow();
  });
});

describe('the classifier', () => {
  const classified = (classify: Parameters<typeof protectAxios>[1]['classify']) => {
    const errors: unknown[] = [];
    const breaker = createBreaker({ name: 'classifier', onError: (error, where) => errors.push([where, error]) });
    const instance = unprotected();
    protectAxios(instance, { breaker, classify });
    return { breaker, instance, errors };
  };

  it('names its exceptions and leaves the rest to the default', async () => {
    const { breaker, instance } = classified((ending) =>
      'error' in ending && axios.isAxiosError(ending.error) && ending.error.response?.status === 404
        ? 'failure'
        : undefined,
    );
    await Promise.allSettled([instance.get('/404'), instance.get('/503'), instance.get('/ok')]);
    expect(breaker.metrics()).toMatchObject({ calls: 3, failures: 2 });
  });

  it('that throws is reported, and the default applies', async () => {
    const mistake = new Error('a classifier with a mistake');
    const { breaker, instance, errors } = classified(() => {
      throw mistake;
    });
    await expect(instance.get('/ok')).resolves.toHaveProperty('data', '/ok');
    await expect(instance.get('/503')).rejects.toHaveProperty('response.status', 503);
    expect(breaker.metrics()).toMatchObject({ calls: 2, failures: 1, errors: 2 });
    expect(errors).toEqual([
      ['classify', mistake],
      ['classify', mistake],
    ]);
  });

  it('is not called for a caller’s abort', async () => {
    const { breaker, instance } = classified(() => 'failure');
    const controller = new AbortController();
    const request = instance.get('/hangs', { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(request).rejects.toHaveProperty('code', 'ERR_CANCELED');
    expect(breaker.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });
});
