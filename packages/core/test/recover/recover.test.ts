import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  exponential,
  failureRate,
  type ProbesOptions,
  probes,
  ramp,
  slowCallRate,
} from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';

function halfOpen(recover: ReturnType<typeof probes>, options: Parameters<typeof observed>[0] = {}) {
  const made = observed({ recover, ...options });
  made.breaker.trip();
  made.clock.advance(1_000);
  return made;
}

const settle = (breaker: Breaker, ...outcomes: ('success' | 'failure' | 'ignored')[]): void => {
  for (const outcome of outcomes) breaker.acquire().settle(outcome);
};

describe('probes', () => {
  it('decides by a sample when it is complete, not before, whatever the rule’s own minimum', () => {
    const sampled = probes({ permitted: 4, sample: 4, judge: failureRate(0.5) });
    const bad = halfOpen(sampled).breaker;
    settle(bad, 'failure', 'failure', 'success');
    expect(bad.state).toBe('half-open');
    settle(bad, 'success');
    expect(bad.state).toBe('open');
    const good = halfOpen(sampled).breaker;
    settle(good, 'failure', 'success', 'success', 'success');
    expect(good.state).toBe('closed');
  });

  it('judges a sample by the breaker’s own rule if it is given none: slow calls too', () => {
    const slow = halfOpen(probes({ permitted: 2, sample: 2 }), {
      openWhen: slowCallRate(0.5, { slowerThan: 100 }),
    }).breaker;
    slow.acquire().settle('success', 100);
    slow.acquire().settle('success', 1);
    expect(slow.state).toBe('open');
  });

  it('lets no more through than the sample still needs', () => {
    const { breaker } = halfOpen(probes({ permitted: 3, sample: 3 }));
    settle(breaker, 'success');
    breaker.acquire();
    breaker.acquire();
    expect(breaker.tryAcquire()).toBeUndefined();
  });

  it('lets no more through than could still be needed to close', () => {
    const { breaker } = halfOpen(probes({ permitted: 3, successes: 3 }));
    const first = breaker.acquire();
    breaker.acquire();
    breaker.acquire();
    first.settle('success');
    expect(breaker.tryAcquire()).toBeUndefined();
  });

  it('tolerates the permitted failures', () => {
    const { breaker } = halfOpen(probes({ permitted: 1, successes: 2, failures: 2 }));
    settle(breaker, 'failure', 'success');
    expect(breaker.state).toBe('half-open');
    settle(breaker, 'success');
    expect(breaker.state).toBe('closed');
  });

  it.each([
    ['open', 'open'],
    ['closed', 'closed'],
  ] as const)('ends its longest stay at the deadline, seen without a call: %s', (afterMaxStay, state) => {
    const { breaker, clock, events } = halfOpen(probes({ permitted: 1, maxStay: 5_000, afterMaxStay }));
    breaker.acquire();
    clock.advance(4_999);
    expect(breaker.state).toBe('half-open');
    clock.advance(500);
    expect(breaker.state).toBe(state);
    breaker.tryAcquire();
    expect(events.find(({ because }) => because?.rule === 'maxStay')).toMatchObject({ to: state, at: 7_000 });
  });

  it('may have ended its longest stay, and the wait after it, by the next call', () => {
    const { breaker, clock, moves } = halfOpen(probes({ permitted: 1, maxStay: 5_000 }));
    breaker.acquire();
    clock.advance(6_000);
    expect(breaker.tryAcquire()?.probe).toBe(true);
    expect(moves().slice(-2)).toEqual(['half-open>open', 'open>half-open']);
  });

  it.each<[what: string, options: object, message: string]>([
    [
      'both ways to decide',
      { permitted: 1, sample: 2, successes: 1 },
      'probes successes must be omitted if sample is given, got 1',
    ],
    [
      'a judge without a sample',
      { permitted: 1, judge: failureRate(0.5) },
      'probes judge must be used together with sample',
    ],
    [
      'a stay of nothing',
      { permitted: 1, maxStay: 0 },
      'probes maxStay must be a number of milliseconds greater than 0, got 0',
    ],
    [
      'an end of no stay',
      { permitted: 1, afterMaxStay: 'closed' },
      "probes afterMaxStay must be used together with maxStay, got 'closed'",
    ],
    [
      'an end it does not know',
      { permitted: 1, afterMaxStay: 'shut' },
      "probes afterMaxStay must be one of 'open', 'closed', got 'shut'",
    ],
  ])('refuses %s', (_what, options, message) => {
    expect(() => probes(options as ProbesOptions)).toThrow(message);
  });
});

describe('ramp', () => {
  const shares = ramp([0.25, 0.5, 1], { stage: 1_000, minimumCalls: 4 });

  /** How many of this many calls are let through; all of them end like this. */
  function offer(breaker: Breaker, calls: number, outcome: 'success' | 'failure' | 'ignored' = 'ignored'): number {
    const permits = Array.from({ length: calls }, () => breaker.tryAcquire()).filter((permit) => permit !== undefined);
    for (const permit of permits) permit.settle(outcome);
    return permits.length;
  }

  it('lets every fourth call through at a share of a quarter, the first among them', () => {
    const { breaker } = halfOpen(shares);
    const admitted = Array.from({ length: 8 }, () => breaker.tryAcquire() !== undefined);
    expect(admitted).toEqual([true, false, false, false, true, false, false, false]);
  });

  it('spreads any share evenly over long traffic', () => {
    for (const share of [0.1, 0.3, 1 / 3, 0.77]) {
      const { breaker } = halfOpen(ramp([share]));
      expect(offer(breaker, 9_000) / 9_000).toBeCloseTo(share, 3);
    }
  });

  it('advances a share with the first success after each stage, and closes after the last', () => {
    const { breaker, clock } = halfOpen(shares);
    for (const share of [0.25, 0.5, 1]) {
      expect(offer(breaker, 100)).toBe(share * 100);
      clock.advance(999);
      offer(breaker, 4, 'success');
      expect(offer(breaker, 100)).toBe(share * 100);
      clock.advance(1);
      offer(breaker, 4, 'success');
    }
    expect(breaker.state).toBe('closed');
  });

  it('shows its share in metrics, and none in other states', () => {
    const { breaker, clock } = halfOpen(shares);
    expect(breaker.metrics().share).toBe(0.25);
    breaker.acquire().settle('success');
    const told: unknown[] = [];
    for (const _stage of [1, 2, 3]) {
      told.push(breaker.metrics().share);
      clock.advance(1_000);
      offer(breaker, 4, 'success');
    }
    expect(told).toEqual([0.25, 0.5, 1]);
    expect(breaker.metrics()).not.toHaveProperty('share');
    expect(halfOpen(probes({ permitted: 1 })).breaker.metrics()).not.toHaveProperty('share');
  });

  it('opens again if its first call fails', () => {
    const { breaker } = halfOpen(shares);
    breaker.acquire().settle('failure');
    expect(breaker.state).toBe('open');
  });

  it('goes back a share if a stage fails, and calls sent before that no longer count', () => {
    const { breaker, clock } = halfOpen(shares, { openWhen: failureRate(0.5) });
    offer(breaker, 4, 'success');
    clock.advance(1_000);
    offer(breaker, 4, 'success');
    const stragglers = [breaker.tryAcquire(), breaker.tryAcquire(), breaker.tryAcquire(), breaker.tryAcquire()];
    expect(stragglers.filter(Boolean)).toHaveLength(2);
    offer(breaker, 8, 'failure');
    expect(breaker.state).toBe('half-open');
    for (const straggler of stragglers) straggler?.settle('failure');
    expect(breaker.state).toBe('half-open');
    expect(offer(breaker, 100)).toBe(25);
  });

  it.each<[what: string, make: () => unknown, message: string]>([
    ['no shares', () => ramp([]), 'ramp must be a list of shares'],
    ['a share above all', () => ramp([0.5, 2]), 'ramp share must be a share greater than 0 and at most 1, got 2'],
    ['falling shares', () => ramp([0.5, 0.1]), 'ramp shares must be in ascending order, got 0.1'],
    [
      'a stage of nothing',
      () => ramp([1], { stage: 0 }),
      'ramp stage must be a number of milliseconds greater than 0, got 0',
    ],
  ])('refuses %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('exponential', () => {
  const opening = { at: 0, because: { rule: 'r', at: 0 } };

  it.each([
    ['equal', [500, 1_000, 2_000], [1_000, 2_000, 4_000]],
    ['full', [0, 0, 0], [1_000, 2_000, 4_000]],
    ['decorrelated', [1_000, 1_000, 1_000], [3_000, 5_000, 5_000]],
    ['none', [1_000, 2_000, 4_000], [1_000, 2_000, 4_000]],
  ] as const)('%s jitter stays between its bounds', (jitter, least, most) => {
    const openFor = exponential(1_000, { jitter, max: 5_000 });
    expect([0, 1, 2].map((attempt) => openFor({ ...opening, attempt, luck: 0 }))).toEqual(least);
    expect([0, 1, 2].map((attempt) => Math.round(openFor({ ...opening, attempt, luck: 0.999_999 })))).toEqual(most);
  });

  it('starts from the first wait again once the circuit was closed for long enough, and not sooner', () => {
    const openFor = exponential(1_000, { jitter: 'none', forgetAfter: 10_000 });
    const { breaker, clock } = observed({ openFor, recover: probes({ permitted: 1 }) });
    const comeBack = () => {
      clock.advance(breaker.retryAfter);
      breaker.acquire().settle('success');
    };
    breaker.trip();
    comeBack();
    clock.advance(9_999);
    breaker.trip();
    expect(breaker.retryAfter).toBe(2_000);
    comeBack();
    clock.advance(10_000);
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
  });

  it('is lengthened by a server’s Retry-After, up to the cap', () => {
    const openFor = exponential(1_000, { retryAfterMax: 9_000 });
    expect(openFor({ ...opening, attempt: 0, luck: 0, retryAfter: 5_000 })).toBe(5_000);
    expect(openFor({ ...opening, attempt: 0, luck: 0, retryAfter: 50_000 })).toBe(9_000);
  });
});
