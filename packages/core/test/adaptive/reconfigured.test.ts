import { describe, expect, it } from 'vitest';
import {
  adaptive,
  anyOf,
  consecutiveFailures,
  createRegistry,
  cusum,
  failureRate,
  fixed,
  probes,
  restore,
  snapshot,
} from '../../src/index.ts';
import { learnedVitals } from '../../src/vitals/learned-vitals.ts';
import { observed } from '../breaker/breakers.ts';
import { standing, vitalsIn } from '../properties/machine.ts';

const classic = { openWhen: failureRate(0.5), openFor: fixed(1_000), recover: probes({ permitted: 1, successes: 1 }) };

describe('a breaker that becomes adaptive', () => {
  it('with calls under way counts and times only those that begin from then on', () => {
    const { breaker, clock } = observed(classic, 0);
    const before = Array.from({ length: 5 }, () => breaker.acquire());
    clock.advance(100);
    breaker.reconfigure(adaptive());
    // At the same instant, and yet not the same.
    const after = Array.from({ length: 3 }, () => breaker.acquire());
    clock.advance(40);
    for (const permit of before) permit.settle('success');
    expect(vitalsIn(breaker)).toMatchObject({ load: 3, outstanding: 3, latency: 0 });
    for (const permit of after) permit.settle('success');
    expect(vitalsIn(breaker)).toMatchObject({ load: 0, outstanding: 0, latency: 40, normalLatency: 40 });
  });

  it('counts calls under way made with run, even if they share their handlers', async () => {
    const clock = { now: () => 5, resolution: 10 };
    const { breaker } = observed({ ...classic, clock }, 0);
    const before = Array.from({ length: 4 }, () => breaker.run(() => Promise.resolve()));
    breaker.reconfigure(adaptive());
    const after = Array.from({ length: 4 }, () => breaker.run(() => Promise.resolve()));
    expect(vitalsIn(breaker)).toMatchObject({ outstanding: 4 });
    await Promise.all([...before, ...after]);
    expect(vitalsIn(breaker)).toMatchObject({ load: 0, outstanding: 0 });
  });

  it('keeps its state: an open one waits on, a half-open one begins with one probe', () => {
    const { breaker, clock, moves } = observed({ ...classic, recover: probes({ permitted: 3, successes: 3 }) }, 0);
    breaker.trip(500);
    breaker.reconfigure(adaptive());
    expect(breaker.retryAfter).toBe(500);
    breaker.reconfigure({ recover: probes({ permitted: 3, successes: 3 }) });
    clock.advance(500);
    const probe = breaker.acquire();
    breaker.reconfigure(adaptive());
    expect(breaker.state).toBe('half-open');
    const own = breaker.acquire();
    expect(breaker.tryAcquire()).toBeUndefined();
    probe.settle('failure');
    expect(breaker.state).toBe('half-open');
    own.settle('success');
    for (let call = 0; call < 10; call++) breaker.acquire().settle('success');
    expect(moves()).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
    expect(breaker.metrics().errors).toBe(0);
  });
});

describe('a breaker that was adaptive', () => {
  it('uses the other rules, keeps no vitals, and settles calls under way', () => {
    const { breaker, clock, moves } = observed({ ...adaptive() }, 0);
    const permits = Array.from({ length: 4 }, () => breaker.acquire());
    breaker.reconfigure({ ...classic, openWhen: consecutiveFailures(4) });
    expect(() => vitalsIn(breaker)).toThrow('keeps no vitals');
    for (const permit of permits) permit.settle('failure');
    expect(moves()).toEqual(['closed>open']);
    clock.advance(1_000);
    breaker.acquire().settle('success');
    expect(breaker.state).toBe('closed');
    breaker.reconfigure(adaptive());
    expect(vitalsIn(breaker)).toMatchObject({ load: 0, outstanding: 0 });
  });

  it('keeps what it has learnt while any of its plugs remains', () => {
    const { breaker, clock } = observed({ ...adaptive() }, 0);
    for (let call = 0; call < 200; call++) {
      const permit = breaker.acquire();
      clock.advance(30);
      permit.settle('success');
    }
    breaker.reconfigure({ openWhen: consecutiveFailures(3) });
    expect(vitalsIn(breaker).normalLatency).toBeCloseTo(30, 9);
    breaker.reconfigure(adaptive({ breakEven: 0.8 }));
    expect(vitalsIn(breaker).normalLatency).toBeCloseTo(30, 9);
  });

  it.each([
    ['adaptive', 'cusum', adaptive(), { openWhen: cusum() }],
    ['cusum', 'adaptive', { openWhen: cusum() }, adaptive()],
  ])('%s knows how many calls normally fail when it becomes %s', (_from, _to, from, to) => {
    const { breaker, clock, events } = observed({ ...from }, 0);
    const call = (outcome: 'success' | 'failure') => {
      clock.advance(20);
      breaker.acquire().settle(outcome, 5);
    };
    for (let round = 0; round < 1_000; round++)
      for (let ten = 0; ten < 10; ten++) call(ten === 0 ? 'failure' : 'success');
    breaker.reconfigure(to);
    while (breaker.state === 'closed') call('failure');
    const { normal } = events.at(-1)?.because?.evidence ?? {};
    expect(normal).toBeGreaterThan(0.09);
    expect(normal).toBeLessThan(0.12);
  });

  it('starts learning afresh with another kind of vitals', () => {
    const { breaker, clock } = observed({ ...adaptive() }, 0);
    const permit = breaker.acquire();
    clock.advance(30);
    breaker.reconfigure({ vitals: { start: (at) => learnedVitals.start(at) } });
    permit.settle('success');
    expect(vitalsIn(breaker)).toMatchObject({ latency: 0, outstanding: 0, lastSuccess: 30 });
  });
});

describe('a snapshot of an adaptive breaker', () => {
  it.each(['open', 'half-open', 'closed'] as const)(
    'restores it %s, with no calls under way, and it recovers',
    (state) => {
      const one = observed({ ...adaptive(), random: () => 0.5 }, 0);
      one.breaker.trip(1_000);
      one.clock.advance(1_000);
      if (state === 'half-open') one.breaker.acquire();
      if (state === 'closed') one.breaker.reset();
      const other = observed({ ...adaptive(), random: () => 0.5 }, 50_000);
      const hanging = [other.breaker.acquire(), other.breaker.acquire()];
      other.clock.setWall(one.clock.wall());
      restore(other.breaker, JSON.parse(JSON.stringify(snapshot(one.breaker))));
      expect(standing(other.breaker).state.phase).toBe(state);
      expect(vitalsIn(other.breaker)).toMatchObject({ load: 0, outstanding: 2 });
      for (const permit of hanging) permit.settle('failure');
      expect(vitalsIn(other.breaker)).toMatchObject({ load: 0, outstanding: 0 });
      for (let call = 0; call < 30; call++) {
        other.clock.advance(100);
        other.breaker.tryAcquire()?.settle('success');
      }
      expect(other.breaker.state).toBe('closed');
      expect(other.breaker.metrics().errors).toBe(0);
    },
  );
});

describe('a registry of adaptive breakers', () => {
  it('shares one recipe, but each learns for itself', () => {
    const { clock } = observed({}, 0);
    const random = () => 0.5;
    const registry = createRegistry({ options: (name) => ({ name, ...adaptive(), clock, random }) });
    const [slow, quick] = [registry.get('slow'), registry.get('quick')];
    expect(standing(slow).plan).toBe(standing(quick).plan);
    for (let call = 0; call < 200; call++) {
      const permits = [slow.acquire(), quick.acquire()] as const;
      clock.advance(10);
      permits[1].settle('success');
      clock.advance(90);
      permits[0].settle('success');
    }
    expect([slow, quick].map((breaker) => Math.round(vitalsIn(breaker).normalLatency))).toEqual([100, 10]);
    for (let call = 0; call < 3; call++) {
      clock.advance(100);
      quick.acquire().settle('failure');
    }
    expect([slow.state, quick.state]).toEqual(['closed', 'open']);
  });

  it('gives the same value for the same break-even, and another for another', () => {
    expect(adaptive().openWhen).toBe(adaptive({ breakEven: 0.5 }).openWhen);
    expect(adaptive({ breakEven: 0.8 }).openWhen).not.toBe(adaptive().openWhen);
  });
});

describe('beside other rules', () => {
  it('adaptive has its vitals even if no other plug asks for them', () => {
    const { breaker } = observed({ openWhen: anyOf(consecutiveFailures(2), adaptive().openWhen) }, 0);
    breaker.acquire();
    expect(vitalsIn(breaker)).toMatchObject({ load: 1, outstanding: 1 });
    expect(breaker.metrics().errors).toBe(0);
  });

  it('adaptive watches as it does alone, and the rule can open too', () => {
    const openWhen = anyOf(consecutiveFailures(2), adaptive().openWhen);
    const { breaker, clock, moves } = observed({ ...adaptive(), openWhen, random: () => 0.5 }, 0);
    for (let call = 0; call < 500; call++) {
      const permit = breaker.acquire();
      clock.advance(20);
      permit.settle('success');
    }
    // Nothing comes back any more.
    for (let call = 0; call < 30; call++) {
      breaker.tryAcquire();
      clock.advance(20);
    }
    expect(moves()[0]).toBe('closed>open');
    expect(breaker.metrics().errors).toBe(0);
    breaker.reset();
    for (let call = 0; call < 2; call++) {
      clock.advance(20);
      breaker.acquire().settle('failure');
    }
    expect(breaker.state).toBe('open');
  });
});
