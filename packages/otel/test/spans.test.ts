import { context, type Span, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createRegistry } from '@switchgear/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instrumentBreakers } from '../src/index.ts';
import { fail, held, open, succeed } from './setup/breakers.ts';
import { readMeter } from './setup/readings.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const tracer = provider.getTracer('test');

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => context.disable());
beforeEach(() => exporter.reset());

/** What is left of a span in which this was done. */
async function spanOf(work: () => unknown) {
  await tracer.startActiveSpan('checkout', async (span) => {
    await work();
    span.end();
  });
  await provider.forceFlush();
  const [finished, ...others] = exporter.getFinishedSpans();
  expect(others).toEqual([]);
  return {
    attributes: finished?.attributes,
    events: finished?.events.map(({ name, attributes }) => ({ name, ...attributes })),
  };
}

describe("the caller's span", () => {
  it('has one event for a refusal, though two measure the breaker', async () => {
    const { breaker } = held();
    const { meter } = readMeter();
    for (const source of [breaker, [breaker]]) instrumentBreakers(source, { meter });
    open(breaker);
    const { events } = await spanOf(() => breaker.tryAcquire());
    expect(events?.map(({ name }) => name)).toEqual(['circuit_breaker.rejected']);
  });

  it('says when to come back in whole milliseconds', async () => {
    const { breaker } = held();
    instrumentBreakers(breaker);
    breaker.trip(2_691.357084696211);
    const { events } = await spanOf(() => breaker.tryAcquire());
    expect(events).toMatchObject([{ 'circuit_breaker.retry_after': 2.692 }]);
  });

  it('has an event for a refusal, with the reason and when to come back, and the state among its attributes', async () => {
    const { breaker, clock } = held();
    instrumentBreakers(breaker);
    open(breaker);
    clock.advance(4_000);
    const span = await spanOf(() => breaker.run(() => 'never').catch(() => 'refused'));
    const where = { 'circuit_breaker.name': 'payments', 'circuit_breaker.state': 'open' };
    expect(span.attributes).toEqual(where);
    expect(span.events).toEqual([
      {
        name: 'circuit_breaker.rejected',
        ...where,
        'circuit_breaker.reason': 'consecutiveFailures',
        'circuit_breaker.retry_after': 6,
        'circuit_breaker.explanation':
          'Circuit "payments" refused a call: 2 calls in a row failed; next attempt in 6 s.',
      },
    ]);
  });

  it('has an event for a move that its call caused, though the call ended later', async () => {
    const { breaker } = held();
    instrumentBreakers(breaker);
    fail(breaker);
    const span = await spanOf(() => breaker.run(() => Promise.reject('down')).catch(() => 'failed'));
    const where = { 'circuit_breaker.name': 'payments', 'circuit_breaker.state': 'open' };
    expect(span.attributes).toEqual(where);
    expect(span.events).toEqual([
      {
        name: 'circuit_breaker.state_change',
        ...where,
        'circuit_breaker.from': 'closed',
        'circuit_breaker.reason': 'consecutiveFailures',
        'circuit_breaker.explanation': 'Circuit "payments" opened: 2 calls in a row failed; next attempt in 10 s.',
      },
    ]);
  });

  it.each([
    ['half_open', 'halfOpen', undefined],
    ['forced_open', 'setMode', 'isolated'],
  ] as const)('says where the circuit stood that refused: %s', async (state, method, mode) => {
    const { breaker } = held();
    instrumentBreakers(breaker);
    breaker[method](mode as never);
    breaker.tryAcquire();
    const { attributes } = await spanOf(() => breaker.tryAcquire());
    expect(attributes).toMatchObject({ 'circuit_breaker.state': state });
  });

  it('is marked by the breakers of a registry too', async () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    instrumentBreakers(registry);
    const { events } = await spanOf(() => registry.get('later').trip());
    expect(events).toMatchObject([{ name: 'circuit_breaker.state_change', 'circuit_breaker.name': 'later' }]);
  });

  it('is left alone by calls that are made and move nothing, and where spans are not wanted', async () => {
    const { breaker } = held();
    instrumentBreakers(breaker, { meter: readMeter().meter });
    const [one, two] = [held().breaker, held().breaker];
    instrumentBreakers([one, two], { spans: false });
    const { attributes, events } = await spanOf(() => {
      succeed(breaker);
      open(one);
      fail(one);
    });
    expect([attributes, events]).toEqual([{}, []]);
  });

  it('is not written to when it is not recorded', () => {
    const { breaker } = held();
    instrumentBreakers(breaker);
    const silent = new TracerProvider({ sampler: new AlwaysOffSampler() }).getTracer('test');
    const written: string[] = [];
    silent.startActiveSpan('unsampled', (span: Span) => {
      span.addEvent = (name) => {
        written.push(name);
        return span;
      };
      open(breaker);
      fail(breaker);
    });
    expect(written).toEqual([]);
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});
