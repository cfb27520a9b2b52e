import { createBreaker, createRegistry } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { instrumentBreakers, type ObservedBreaker } from '../src/index.ts';
import { fail, held, open, succeed } from './setup/breakers.ts';
import { nonZero, type Readings, readMeter } from './setup/readings.ts';

const named = (name: string) => held({ name }).breaker;
const SUCCESSES = (...names: readonly string[]): Readings =>
  Object.fromEntries(names.map((name) => [`calls name=${name} outcome=success`, 1]));

describe('a registry', () => {
  const registryOf = () => createRegistry({ options: (key) => ({ name: `to ${key}` }), max: 2 });

  it('is listened to from the first call of each breaker, even of one evicted before the next collection', async () => {
    const { meter, read } = readMeter();
    const registry = registryOf();
    succeed(registry.get('a'));
    instrumentBreakers(registry, { meter });
    for (const key of ['a', 'b', 'c', 'd']) succeed(registry.get(key));
    expect(registry.size).toBe(2);
    expect(nonZero(await read('calls'))).toEqual(SUCCESSES('to a', 'to b', 'to c', 'to d'));
  });

  it('shows the states of the breakers it holds, including those without calls, and of no others', async () => {
    const { meter, read } = readMeter();
    const registry = registryOf();
    registry.get('a');
    instrumentBreakers(registry, { meter });
    registry.get('b').trip();
    expect(nonZero(await read('state'))).toEqual({
      'state name=to a state=closed': 1,
      'state name=to b state=open': 1,
    });
    registry.delete('b');
    expect(nonZero(await read('state'))).toEqual({ 'state name=to a state=closed': 1 });
  });

  it('is left alone after stop, also by what it makes later', async () => {
    const { meter, read } = readMeter();
    const registry = registryOf();
    const { stop } = instrumentBreakers(registry, { meter });
    succeed(registry.get('a'));
    stop();
    succeed(registry.get('a'));
    succeed(registry.get('b'));
    expect(await read()).toMatchObject({ 'call.duration.count name=to a outcome=success': 1 });
    expect(Object.keys(await read()).filter((line) => line.includes('to b'))).toEqual([]);
  });
});

describe('any other iterable', () => {
  it('is looked through for new breakers at each collection, and those that are gone are let go', async () => {
    const { meter, read } = readMeter();
    const [a, b, c] = [named('a'), named('b'), named('c')];
    const breakers = new Set([a, b]);
    instrumentBreakers(breakers, { meter });
    succeed(a);
    breakers.add(c);
    breakers.delete(b);
    succeed(c); // Too early: no collection has found it yet.
    await read();
    succeed(b); // Too late: it is gone.
    succeed(c);
    expect(nonZero(await read('calls'))).toEqual(SUCCESSES('a', 'c'));
    expect(nonZero(await read('state'))).toEqual({ 'state name=a state=closed': 1, 'state name=c state=closed': 1 });
  });

  it('may be an iterator, which can be asked only once', async () => {
    const { meter, read } = readMeter();
    const byKey = new Map([['a', named('a')]]);
    instrumentBreakers(byKey.values(), { meter });
    await read();
    succeed(byKey.get('a') as ReturnType<typeof named>);
    expect(nonZero(await read('calls'))).toEqual(SUCCESSES('a'));
  });

  it('counts a breaker that is in it twice once', async () => {
    const { meter, read } = readMeter();
    const a = named('a');
    instrumentBreakers([a, a], { meter });
    succeed(a);
    expect(nonZero(await read('calls'))).toEqual(SUCCESSES('a'));
    expect(nonZero(await read('state'))).toEqual({ 'state name=a state=closed': 1 });
  });
});

it('several calls may share a meter, each with breakers of its own', async () => {
  const { meter, read } = readMeter();
  const [a, b] = [named('a'), named('b')];
  instrumentBreakers(a, { meter });
  instrumentBreakers(b, { meter });
  succeed(a);
  succeed(b);
  for (let reading = 0; reading < 2; reading++) expect(nonZero(await read('calls'))).toEqual(SUCCESSES('a', 'b'));
});

describe('one breaker', () => {
  it('is measured until stop, which ends everything and may be called twice', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    const { stop } = instrumentBreakers(breaker, { meter });
    open(breaker);
    stop();
    stop();
    fail(breaker);
    breaker.reset();
    succeed(breaker);
    const counted = await read('call.duration.count');
    expect(counted).toEqual({ 'call.duration.count name=payments outcome=failure': 2 });
  });

  it('need only look like one, whatever copy of the package made it', async () => {
    const { meter, read } = readMeter();
    const { name, metrics, subscribe } = createBreaker({ name: 'foreign' });
    const foreign: ObservedBreaker = {
      name,
      state: 'closed',
      mode: 'active',
      retryAfter: 0,
      metrics: metrics.bind(createBreaker({ name })),
      subscribe: subscribe.bind(createBreaker({ name })),
    };
    instrumentBreakers(foreign, { meter });
    expect(await read('window.calls')).toEqual({ 'window.calls name=foreign': 0 });
  });
});

it.each([
  ['nothing', undefined, 'undefined'],
  ['an object', {}, '[object Object]'],
  ['a name', 'payments', 'p'],
  ['a list with a name in it', [held().breaker, 'payments'], 'payments'],
  ['what cannot be made a text', [Object.create(null)], 'an object'],
])('anything but a breaker is refused: %s', (_what, source, shown) => {
  const message = `Switchgear: instrumentBreakers must be given a breaker, an iterable of breakers or a registry, got ${shown}`;
  expect(() => instrumentBreakers(source as never)).toThrow(new TypeError(message));
});
