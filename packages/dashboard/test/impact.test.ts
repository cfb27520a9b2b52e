import {
  anyOf,
  type Breaker,
  consecutiveFailures,
  createBreaker,
  createRegistry,
  failureRate,
  fixed,
  probes,
  ramp,
  slowCallRate,
} from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Figure, impact, observe, say } from '../src/impact/index.ts';
import { eventLog } from './setup/event-log.ts';
import { recompute } from './setup/recompute.ts';

const PRICES = { currency: 'EUR', revenuePerCall: 0.4, failedCall: 0.15, minuteDown: 12 };

const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      bad: fc.boolean(),
      ms: fc.integer({ min: 1, max: 3_000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 1_000, 5_001, 5_001) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('trip', 'isolate', 'activate', 'reset', 'ignore') }) },
);

function makers(clock: ReturnType<typeof manualClock>): Breaker[] {
  const shared = { clock, openFor: fixed(5_000), random: () => 0.5 };
  return [
    createBreaker({ name: 'rate', openWhen: failureRate(0.5, { minimumCalls: 4 }), ...shared }),
    createBreaker({
      name: 'row',
      openWhen: consecutiveFailures(2),
      recover: ramp([0.5, 1], { stage: 1_000 }),
      ...shared,
    }),
    createBreaker({
      name: 'slow',
      openWhen: anyOf(slowCallRate(0.5, { slowerThan: 1_000, minimumCalls: 4 }), failureRate(0.9, { minimumCalls: 4 })),
      recover: probes({ permitted: 2, successes: 2 }),
      ...shared,
    }),
  ];
}

describe('impact', () => {
  it('gives each figure that follows from the raw events, whatever happened', () => {
    let [closings, refusals] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 2 }), step), { minLength: 60, maxLength: 250 }),
        fc.nat(9),
        (steps, luck) => {
          const clock = manualClock();
          const breakers = makers(clock);
          const logs = breakers.map(eventLog);
          let served = 0;
          const fallbacks = { rate: () => ({ served }) };
          observe(breakers, { fallbacks, wall: clock.wall });
          const began = clock.wall();
          for (const [which, each] of steps) play(breakers[which] as Breaker, each, clock);
          const troubles = logs[0]?.filter(({ type, outcome }) => type === 'reject' || outcome === 'failure') ?? [];
          served = Math.floor((troubles.filter(({ because }) => because?.rule !== 'isolated').length * luck) / 9);
          const expected = recompute(logs, served, (clock.wall() - began) / 60_000, PRICES);
          closings += expected['meanTimeToRecovery'] ? 1 : 0;
          refusals += expected['callsSpared']?.[0] ?? 0;
          const { figures } = impact(breakers, PRICES);
          const found = Object.entries(figures as unknown as Record<string, Figure>);
          const names = Object.keys(expected);
          expect(
            found
              .map(([name]) => name)
              .filter((name) => name !== 'fallbackSuccess')
              .toSorted(),
          ).toEqual(names.toSorted());
          for (const [name, [low, high]] of Object.entries(expected)) {
            const figure = found.find(([each]) => each === name)?.[1];
            expect(figure?.low, `${name}, low`).toBeCloseTo(low, 6);
            expect(figure?.high, `${name}, high`).toBeCloseTo(high, 6);
          }
        },
      ),
      { numRuns: 150 },
    );
    // A search that never opened a circuit, or never closed one, has shown nothing.
    expect(closings).toBeGreaterThan(50);
    expect(refusals).toBeGreaterThan(1_000);
  });

  function play(
    breaker: Breaker,
    each: { do: string; bad?: boolean; ms?: number },
    clock: ReturnType<typeof manualClock>,
  ): void {
    switch (each.do) {
      case 'call':
        breaker.tryAcquire()?.settle(each.bad ? 'failure' : 'success', each.ms);
        return;
      case 'ignore':
        breaker.tryAcquire()?.settle('ignored', 7);
        return;
      case 'wait':
        clock.advance(each.ms ?? 0);
        return;
      case 'trip':
        breaker.trip();
        return;
      case 'reset':
        breaker.reset();
        return;
      default:
        breaker.setMode(each.do === 'isolate' ? 'isolated' : 'active');
    }
  }

  it('has low before high, and a formula and one sentence for each figure', () => {
    const clock = manualClock();
    const breakers = makers(clock);
    observe(breakers, { wall: clock.wall, fallbacks: { row: () => ({ served: 2, failed: 1 }) } });
    for (const breaker of breakers) for (let i = 0; i < 8; i++) breaker.tryAcquire()?.settle('failure', 2_000);
    const figures = Object.values<Figure>({ ...impact(breakers, PRICES).figures });
    expect(figures.length).toBeGreaterThan(6);
    for (const { low, high, formula, meaning } of figures) {
      expect(low).toBeLessThanOrEqual(high);
      expect(formula).toMatch(/\d|\+/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('leaves out what cannot be computed and gives the reason', () => {
    const breakers = [createBreaker({ name: 'idle' })];
    observe(breakers, { outcomes: false });
    const { figures, unknown } = impact(breakers, PRICES);
    expect(Object.keys(figures)).toEqual(['callsSpared', 'waitingAvoided', 'failedCallsAvoided']);
    expect(unknown.map(({ title }) => title)).toEqual([
      'Fallback success rate',
      'Mean time to recovery',
      'Availability',
      'Revenue kept',
      'Downtime avoided',
    ]);
  });

  it('uses plain text: no code marks, and the same text for the same reason', () => {
    const breakers = [createBreaker({ name: 'idle' })];
    observe(breakers, { outcomes: false, fallbacks: { idle: () => ({ served: 1 }) } });
    const { figures, unknown } = impact(breakers, PRICES);
    const texts = [
      ...Object.values<Figure>({ ...figures }).flatMap(({ title, meaning, formula }) => [title, meaning, formula]),
      ...unknown.flatMap(({ title, why }) => [title, why]),
    ];
    expect(texts.filter((text) => text.includes('`'))).toEqual([]);
    const whyOf = (title: string): string | undefined => unknown.find((each) => each.title === title)?.why;
    expect(whyOf('Availability')).toContain('the option outcomes is off');
    expect(whyOf('Revenue kept')).toBe(whyOf('Availability'));
  });

  it('counts fallbacks since observation began, and their success rate if failures are counted', () => {
    const breaker = createBreaker({ name: 'a', openWhen: consecutiveFailures(1), clock: manualClock() });
    const counts = { served: 100, failed: 100 };
    observe([breaker], { fallbacks: { a: () => counts } });
    for (let i = 0; i < 4; i++) breaker.tryAcquire()?.settle('failure', 10);
    Object.assign(counts, { served: 103, failed: 101 });
    expect(impact([breaker]).figures.fallbackSuccess).toMatchObject({ low: 3 / 4, high: 3 / 4 });
    expect(impact([breaker]).figures.availabilityWith).toMatchObject({ low: 3 / 4 });
  });

  it('counts no more answers of a fallback than there were calls without one', () => {
    const breaker = createBreaker({ name: 'a', openWhen: consecutiveFailures(1), clock: manualClock() });
    let served = 0;
    observe([breaker], { fallbacks: { a: () => ({ served }) } });
    for (const outcome of ['success', 'failure', 'success'] as const) breaker.tryAcquire()?.settle(outcome, 10);
    served = 70;
    expect(impact([breaker]).figures.availabilityWith?.low).toBe(1);
  });

  it('adds up some of the breakers that are observed', () => {
    const registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(1) }) });
    for (const name of ['a', 'b']) registry.get(name);
    const history = observe(registry);
    for (const name of ['a', 'b', 'b']) {
      registry.get(name).trip();
      registry.get(name).tryAcquire();
    }
    expect(impact(registry).figures.callsSpared.low).toBe(3);
    expect(impact(history).figures.callsSpared.low).toBe(3);
    expect(impact([registry.get('b')]).figures.callsSpared.low).toBe(2);
  });

  it('does not count what an operator isolated', () => {
    const breaker = createBreaker({ name: 'a' });
    observe([breaker]);
    breaker.setMode('isolated');
    breaker.tryAcquire();
    expect(impact([breaker]).figures.callsSpared.low).toBe(0);
  });

  it('refuses breakers that are not observed, and invalid prices', () => {
    expect(() => impact([createBreaker({ name: 'stranger' })])).toThrow('"stranger"');
    expect(() => impact([])).toThrow(TypeError);
    const breakers = [createBreaker({ name: 'a' })];
    observe(breakers);
    expect(() => impact(breakers, { failedCall: -1 })).toThrow(RangeError);
  });
});

describe('say', () => {
  it.each([
    [{ unit: 'calls', low: 1_204, high: 1_204 }, '', '1,204 calls'],
    [{ unit: 'share', low: 0.905, high: 0.97 }, '', '90.5 to 97 %'],
    [{ unit: 'ms', low: 900, high: 61_000 }, '', '900 ms to 61 s'],
    [{ unit: 'ms', low: 121_000, high: 8_000_000 }, '', '2 min to 2.2 h'],
    [{ unit: 'ms', low: -369_522, high: 1_500 }, '', '-6.2 min to 1.5 s'],
    [{ unit: 'money', low: -1.5, high: 2 }, 'EUR', '-1.5 to 2 EUR'],
    [{ unit: 'money', low: 0.5, high: 0.5 }, '', '0.5'],
  ] as const)('%o, %s', (figure, currency, words) => {
    expect(say(figure, currency)).toBe(words);
  });
});
