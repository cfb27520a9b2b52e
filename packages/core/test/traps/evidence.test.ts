import { describe, expect, it } from 'vitest';
import {
  type Align,
  consecutiveFailures,
  createBreaker,
  failureCount,
  failureRate,
  isCircuitOpen,
  latencyPercentile,
  meanLatency,
  probes,
  slowCallRate,
  timeWindow,
  tumblingWindow,
} from '../../src/index.ts';
import { fail, observed, succeed } from '../breaker/breakers.ts';

const DAY = 86_400_000;

describe('evidence', () => {
  // Others: with no least number of calls the first failure of the day is a rate of 100 %.
  it.each([
    ['by default, with a window', { window: timeWindow(10_000) }],
    ['failureRate', { openWhen: failureRate(0.01) }],
    ['slowCallRate', { openWhen: slowCallRate(0.01, { slowerThan: 1 }) }],
    ['meanLatency', { openWhen: meanLatency(1) }],
    ['latencyPercentile', { openWhen: latencyPercentile(0.01, 1) }],
  ])('of fewer than 20 calls opens nothing, unless another number is set: %s', (_rule, options) => {
    const breaker = createBreaker({ name: 'payments', ...options });
    for (let call = 0; call < 19; call++) breaker.acquire().settle('failure', 5_000);
    expect(breaker.state).toBe('closed');
    breaker.acquire().settle('failure', 5_000);
    expect(breaker.state).toBe('open');
  });

  // Others: the window moves on by a slice a call, so what a night ago failed still counts in the morning.
  it.each(['epoch', 'first', 'first-tick', 'tumbling'] as const)(
    'is gone after an idle day: a window %s',
    async (align) => {
      const window = align === 'tumbling' ? tumblingWindow(10_000) : timeWindow(10_000, { align: align as Align });
      const { breaker, clock } = observed({ window, openWhen: failureCount(3) });
      await fail(breaker);
      await fail(breaker);
      clock.advance(DAY);
      expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0 });
      await fail(breaker);
      expect(breaker.metrics()).toMatchObject({ state: 'closed', calls: 1, failures: 1 });
    },
  );

  it('of the last opening is shown until the next one, even after the circuit has closed', async () => {
    const { breaker, clock } = observed();
    expect(breaker.metrics().evidence).toBeUndefined();
    await fail(breaker);
    await fail(breaker);
    const { evidence } = breaker.metrics();
    expect(evidence).toMatchObject({ run: 2, failures: 2 });
    clock.advance(1_000);
    await succeed(breaker);
    await succeed(breaker);
    expect(breaker.metrics()).toMatchObject({ state: 'closed', evidence });
    breaker.trip();
    expect(breaker.metrics().evidence).toBeUndefined();
  });

  // Others: calls that were never made are in the denominator, and a service that always fails is at 5 %.
  it('is diluted neither by ignored nor by refused calls', () => {
    const { breaker, clock } = observed({
      openWhen: failureRate(0.5, { minimumCalls: 2 }),
      recover: probes({ permitted: 1, sample: 2 }),
    });
    for (let call = 0; call < 100; call++) breaker.acquire().settle('ignored');
    breaker.acquire().settle('failure');
    expect(breaker.metrics().failureRate).toBeNull();
    breaker.acquire().settle('failure');
    expect(breaker.metrics()).toMatchObject({ state: 'open', evidence: { calls: 2, failureRate: 1 } });
    for (let call = 0; call < 100; call++) breaker.tryAcquire();
    clock.advance(1_000);
    for (const outcome of ['success', 'failure'] as const) {
      const probe = breaker.acquire();
      for (let call = 0; call < 100; call++) breaker.tryAcquire();
      probe.settle(outcome);
    }
    expect(breaker.metrics()).toMatchObject({ state: 'open', evidence: { calls: 2, failures: 1 } });
  });

  // Others: a full pool or a bulkhead refuses, and the circuit of a service that was not called opens.
  it('against a dependency excludes failures of our own side, which are counted separately', async () => {
    const full = new Error('no free connection');
    const { breaker } = observed({
      classify: (ending) => ('error' in ending && ending.error === full ? 'ignored' : undefined),
    });
    for (let call = 0; call < 50; call++) expect(await fail(breaker, full)).toBe(full);
    expect(breaker.metrics()).toMatchObject({ state: 'closed', calls: 0, failures: 0, ignored: 50 });
  });

  // Others: an ignored call between two failures is a success to a count of failures in a row, and hides the outage.
  it('of a row of failures is not interrupted by calls that were ignored', () => {
    const { breaker } = observed({ openWhen: consecutiveFailures(2) });
    breaker.acquire().settle('failure');
    breaker.acquire().settle('ignored');
    breaker.acquire().settle('failure');
    expect(breaker.state).toBe('open');
  });
});

describe('of two breakers, one in front of the other,', () => {
  // Others: the refusals of the inner one are failures to the outer, and everything that shares the outer goes down too.
  it.each<[how: string, wrapped: (refusal: unknown) => unknown]>([
    ['as it is', (refusal) => refusal],
    ['as the cause of another error', (refusal) => new Error('no price', { cause: refusal })],
  ])('the outer one stays closed however often the inner one refuses: %s', async (_how, wrapped) => {
    const outer = observed({ openWhen: consecutiveFailures(3) }).breaker;
    const inner = observed({ openWhen: consecutiveFailures(2) }).breaker;
    const ask = (call: () => unknown) =>
      outer.run(() => inner.run(call).catch((error: unknown) => Promise.reject(wrapped(error))));
    const down = () => Promise.reject(new Error('down'));
    for (let call = 0; call < 2; call++) await ask(down).catch(() => {});
    expect(inner.state).toBe('open');
    for (let call = 0; call < 100; call++) expect(isCircuitOpen(await ask(down).catch((error) => error))).toBe(true);
    expect(outer.metrics()).toMatchObject({ state: 'closed', calls: 2, failures: 2, ignored: 100 });
    expect(await succeed(outer)).toBe('fine');
  });
});
