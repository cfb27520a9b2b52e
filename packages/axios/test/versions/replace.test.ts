import { type Breaker, createBreaker } from '@switchgear/core';
import { countPermits } from '@switchgear/testkit';
import axios, { type AxiosInstance } from 'axios';
import { describe, expect, it, vi } from 'vitest';
import type * as Own from '../../src/index.ts';
import { protectAxios } from '../../src/index.ts';
import { memoryAdapter } from './memory-adapter.ts';

const watched = (name = 'payments') => countPermits(createBreaker({ name }));
const unprotected = () => axios.create({ adapter: memoryAdapter() });

/** The module after a hot reload: another copy, without access to the one before. */
async function anotherCopy(): Promise<typeof Own> {
  vi.resetModules();
  const copy: typeof Own = await import('../../src/index.ts');
  expect(copy.protectAxios).not.toBe(protectAxios);
  return copy;
}

describe('an instance that outlives the module which protects it', () => {
  it.each<[how: string, protect: () => Promise<typeof protectAxios>]>([
    ['by the same copy of the package', async () => protectAxios],
    ['by another copy each time', async () => (await anotherCopy()).protectAxios],
  ])('has one protection, the last one, where it is replaced: %s', async (_how, protect) => {
    const instance = unprotected();
    const before = instance.defaults.adapter;
    const breakers = Array.from({ length: 5 }, () => watched());
    const protections = [];
    for (const { breaker } of breakers) {
      protections.push((await protect())(instance, { breaker, replace: true }));
    }
    await instance.get('/ok');
    expect(breakers.map(({ issued }) => issued)).toEqual([0, 0, 0, 0, 1]);
    protections[0]?.eject();
    await instance.get('/ok');
    expect(breakers.map(({ issued }) => issued)).toEqual([0, 0, 0, 0, 2]);
    protections[4]?.eject();
    expect(instance.defaults.adapter).toBe(before);
  });

  it('is not protected twice by another copy: that is refused, and the help is named', async () => {
    const instance = unprotected();
    const first = watched();
    const protection = protectAxios(instance, { breaker: first.breaker });
    const copy = await anotherCopy();
    const again = () => copy.protectAxios(instance, { breaker: createBreaker({ name: 'payments' }) });
    expect(again).toThrow(/another copy of @switchgear\/axios .* replace: true/);
    await instance.get('/ok');
    expect(first.issued).toBe(1);
    protection.eject();
    expect(again).not.toThrow();
  });

  it('keeps what others put over the old protection, and what it lay on', async () => {
    const adapter = memoryAdapter();
    const instance = axios.create({ adapter });
    const [first, second] = [watched(), watched()];
    protectAxios(instance, { breaker: first.breaker });
    const ours = axios.getAdapter(instance.defaults.adapter);
    let through = 0;
    instance.defaults.adapter = (config) => {
      through++;
      return ours(config);
    };
    protectAxios(instance, { breaker: second.breaker, replace: true });
    await instance.get('/ok');
    expect([first.issued, second.issued, through, adapter.sent.length]).toEqual([0, 1, 1, 1]);
  });

  it('may be given the same breaker again', async () => {
    const instance = unprotected();
    const { breaker } = watched();
    protectAxios(instance, { breaker });
    expect(() => protectAxios(instance, { breaker })).toThrow('replace: true');
    expect(() => protectAxios(instance, { breaker, replace: true })).not.toThrow();
  });

  it('keeps its protection where the new one is refused for its options', async () => {
    const instance = unprotected();
    const first = watched();
    protectAxios(instance, { breaker: first.breaker });
    expect(() => protectAxios(instance, { breaker: {} as Breaker, replace: true })).toThrow('breaker must be');
    expect(() => protectAxios(instance, { breaker: first.breaker, replace: 'yes' as never })).toThrow(
      'replace must be',
    );
    await instance.get('/ok');
    expect(first.issued).toBe(1);
  });

  it('settles what was under way where it began', async () => {
    const instance = unprotected();
    const [first, second] = [watched(), watched()];
    protectAxios(instance, { breaker: first.breaker });
    const request = instance.get('/ok');
    await expect.poll(() => first.inFlight).toBe(1);
    protectAxios(instance, { breaker: second.breaker, replace: true });
    await request;
    expect([first.inFlight, second.issued]).toEqual([0, 0]);
    expect(first.breaker.metrics().calls).toBe(1);
  });

  it('leaves the protection of the instance that it was made of', async () => {
    const parent: AxiosInstance = axios.create({ adapter: memoryAdapter() });
    const [outer, own] = [watched('parent'), watched('child')];
    protectAxios(parent, { breaker: outer.breaker });
    const child = axios.create({ adapter: parent.defaults.adapter as never });
    protectAxios(child, { breaker: own.breaker, replace: true });
    await parent.get('/ok');
    expect([outer.issued, own.issued]).toEqual([1, 0]);
  });
});

it('nothing of ours shows on the global object', async () => {
  protectAxios(unprotected(), { breaker: createBreaker({ name: 'seen' }) });
  expect(Object.keys(globalThis).filter((name) => name.includes('switchgear'))).toEqual([]);
  expect(
    Object.getOwnPropertySymbols(globalThis).filter(
      (symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol)?.enumerable,
    ),
  ).not.toContain(Symbol.for('@switchgear/axios'));
});
