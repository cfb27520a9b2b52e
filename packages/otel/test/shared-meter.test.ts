import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { createBreaker, createRegistry, fixed, type Registry } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { instrumentBreakers } from '../src/index.ts';
import { fail, held, succeed } from './setup/breakers.ts';
import { nonZero, readMeter } from './setup/readings.ts';

const registryOf = (): Registry => createRegistry({ options: (name) => ({ name, openFor: fixed(60_000) }) });

/** Two registries with a breaker of one name in each. */
function two(name = 'payments'): readonly [Registry, Registry] {
  const pair = [registryOf(), registryOf()] as const;
  for (const registry of pair) registry.get(name);
  return pair;
}

describe('breakers of one name in two registries on one meter are one series', () => {
  it.each([
    ['the first', 0],
    ['the second', 1],
  ] as const)('an open circuit shows, be it in %s', async (_which, open) => {
    const { meter, read } = readMeter();
    const registries = two();
    for (const registry of registries) instrumentBreakers(registry, { meter });
    registries[open].get('payments').trip();
    expect(nonZero(await read('state'))).toEqual({
      'state name=payments state=closed': 1,
      'state name=payments state=open': 1,
    });
  });

  it('calls and ratios add up', async () => {
    const { meter, read } = readMeter();
    const [one, other] = two();
    for (const registry of [one, other]) instrumentBreakers(registry, { meter });
    succeed(one.get('payments'));
    succeed(other.get('payments'));
    fail(other.get('payments'), '503');
    fail(other.get('payments'), '503');
    for (let reading = 0; reading < 2; reading += 1) {
      expect(nonZero(await read('calls'))).toEqual({
        'calls name=payments outcome=success': 2,
        'calls name=payments outcome=failure error.type=503': 2,
      });
      expect(await read('failure_ratio')).toEqual({ 'failure_ratio name=payments': 0.5 });
      expect(await read('window.calls')).toEqual({ 'window.calls name=payments': 4 });
    }
  });

  it('open time adds up over clocks', async () => {
    const { meter, read } = readMeter();
    const [one, other] = two();
    const [first, second] = [manualClock(), manualClock(500_000)];
    instrumentBreakers(one, { meter, clock: first });
    instrumentBreakers(other, { meter, clock: second });
    one.get('payments').trip();
    first.advance(2_000);
    other.get('payments').trip();
    second.advance(3_000);
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 5 });
  });

  it('what one of them stops measuring does not hide or end the other, and no counter goes back', async () => {
    const { meter, read } = readMeter();
    const [one, other] = two();
    const clock = manualClock();
    const { stop } = instrumentBreakers(one, { meter, clock });
    instrumentBreakers(other, { meter, clock });
    for (const registry of [one, other]) {
      succeed(registry.get('payments'));
      registry.get('payments').trip();
    }
    clock.advance(1_000);
    stop();
    clock.advance(1_000);
    succeed(one.get('payments'));
    expect(nonZero(await read('state'))).toEqual({ 'state name=payments state=open': 1 });
    expect(nonZero(await read('calls'))).toEqual({ 'calls name=payments outcome=success': 2 });
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 3 });
  });

  it('the larger bounds count', async () => {
    const { meter, read } = readMeter();
    const [one, other] = [registryOf(), registryOf()];
    instrumentBreakers(one, { meter, maxNames: 1 });
    instrumentBreakers(other, { meter, maxNames: 2 });
    for (const name of ['a', 'b', 'c']) for (const registry of [one, other]) succeed(registry.get(name));
    expect(nonZero(await read('calls'))).toEqual({
      'calls name=a outcome=success': 2,
      'calls name=b outcome=success': 2,
      'calls name=_OTHER outcome=success': 2,
    });
  });

  it('what only one of them counts is counted for that one', async () => {
    const { meter, read } = readMeter();
    const [one, other] = two();
    instrumentBreakers(one, { meter, calls: false });
    expect(Object.keys(await read('calls'))).toEqual(['calls name=payments outcome=rejected']);
    instrumentBreakers(other, { meter, durations: false });
    for (const registry of [one, other]) succeed(registry.get('payments'));
    expect(nonZero(await read('calls'))).toEqual({ 'calls name=payments outcome=success': 1 });
    expect(await read('call.duration')).toEqual({});
  });
});

describe('a breaker that is measured twice on one meter counts once', () => {
  it.each<[how: string, instrument: (registry: Registry, options: object) => unknown]>([
    ['the registry twice', (registry, options) => instrumentBreakers(registry, options)],
    ['the registry and itself', (registry, options) => instrumentBreakers(registry.get('payments'), options)],
    ['the registry and a list', (registry, options) => instrumentBreakers([registry.get('payments')], options)],
  ])('%s', async (_how, again) => {
    const { meter, read } = readMeter();
    const registry = registryOf();
    const clock = manualClock();
    const payments = registry.get('payments');
    payments.trip();
    const { stop } = instrumentBreakers(registry, { meter, clock });
    again(registry, { meter, clock });
    clock.advance(1_000);
    payments.reset();
    fail(payments, '503');
    const counted = {
      'calls name=payments outcome=failure error.type=503': 1,
      'transitions name=payments from=open to=closed reason=reset': 1,
      'state name=payments state=closed': 1,
      'open.duration name=payments': 1,
      'call.duration.count name=payments outcome=failure': 1,
    };
    expect(nonZero(await read())).toMatchObject(counted);
    stop();
    fail(payments, '503');
    const readings = await read();
    expect(readings['calls name=payments outcome=failure error.type=503']).toBe(2);
    expect(readings['call.duration.count name=payments outcome=failure']).toBe(2);
  });

  it('though its event makes another breaker move between the two who listen', async () => {
    const { meter, read } = readMeter();
    const [one, other] = [held({ name: 'one' }).breaker, held({ name: 'other' }).breaker];
    instrumentBreakers([one, other], { meter });
    one.subscribe(() => other.trip());
    instrumentBreakers([one, other], { meter });
    one.trip();
    expect(nonZero(await read('transitions'))).toEqual({
      'transitions name=one from=closed to=open reason=trip': 1,
      'transitions name=other from=closed to=open reason=trip': 1,
    });
  });

  it('by two copies of this package', async () => {
    const { meter, read } = readMeter();
    vi.resetModules();
    const copy = await import('../src/index.ts');
    expect(copy.instrumentBreakers).not.toBe(instrumentBreakers);
    const registry = registryOf();
    instrumentBreakers(registry, { meter });
    copy.instrumentBreakers(registry, { meter });
    fail(registry.get('payments'), '503');
    expect(nonZero(await read('calls'))).toEqual({ 'calls name=payments outcome=failure error.type=503': 1 });
    expect(nonZero(await read('state'))).toEqual({ 'state name=payments state=closed': 1 });
  });
});

it('what is measured again after stop counts on from where it was', async () => {
  const { meter, read } = readMeter();
  const { breaker } = held();
  for (let round = 1; round <= 3; round += 1) {
    const { stop } = instrumentBreakers(breaker, { meter });
    succeed(breaker);
    expect(nonZero(await read('calls'))).toEqual({ 'calls name=payments outcome=success': round });
    stop();
    succeed(breaker);
    expect(nonZero(await read('calls'))).toEqual({ 'calls name=payments outcome=success': round });
  }
});

it('a circuit that was open when it was stopped being measured does not stay open beside others', async () => {
  const { meter, read } = readMeter();
  const { breaker, clock } = held();
  const { stop } = instrumentBreakers(breaker, { meter, clock });
  instrumentBreakers([], { meter });
  breaker.trip();
  clock.advance(1_000);
  expect(nonZero(await read('state'))).toEqual({ 'state name=payments state=open': 1 });
  stop();
  clock.advance(1_000);
  expect(nonZero(await read('state'))).toEqual({});
  expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 1 });
});

it('two readers, at the same time, read the same', async () => {
  class Reader extends MetricReader {
    protected async onForceFlush(): Promise<void> {}
    protected async onShutdown(): Promise<void> {}
  }
  const readers = [new Reader(), new Reader()];
  const meter = new MeterProvider({ readers }).getMeter('test');
  const [one, other] = two();
  for (const registry of [one, other]) instrumentBreakers(registry, { meter });
  one.get('payments').trip();
  succeed(other.get('payments'));
  const collected = await Promise.all([...readers, ...readers].map((reader) => reader.collect()));
  const shown = collected.map(({ resourceMetrics, errors }) => {
    expect(errors).toEqual([]);
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return metrics
      .filter(({ descriptor }) => /state|calls/.test(descriptor.name))
      .map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => [attributes, value]),
      ]);
  });
  for (const each of shown) expect(each).toEqual(shown[0]);
  expect(JSON.stringify(shown[0])).toContain('"circuit_breaker.state":"open"},1]');
});

it('a source that cannot be looked through any more does not hide the others, and is an error of the collection', async () => {
  const { meter, read } = readMeter();
  const breakers: unknown[] = [held({ name: 'a' }).breaker];
  instrumentBreakers(breakers as never, { meter });
  instrumentBreakers(held({ name: 'b' }).breaker, { meter });
  breakers.push('no breaker');
  await expect(read()).rejects.toThrow(AggregateError);
  breakers.pop();
  expect(Object.keys(await read('window.calls'))).toEqual(['window.calls name=a', 'window.calls name=b']);
});

it.each(['__proto__', 'constructor', 'valueOf', 'hasOwnProperty', 'toString'])(
  'a breaker, and a kind of failure, may be called %s',
  async (word) => {
    const { meter, read } = readMeter();
    const breaker = createBreaker({ name: word });
    instrumentBreakers(breaker, { meter });
    fail(breaker, word);
    breaker.trip();
    expect(nonZero(await read('calls'))).toEqual({ [`calls name=${word} outcome=failure error.type=${word}`]: 1 });
    expect(nonZero(await read('state'))).toEqual({ [`state name=${word} state=open`]: 1 });
  },
);
