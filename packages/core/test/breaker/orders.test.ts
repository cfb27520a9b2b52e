import { describe, expect, it } from 'vitest';
import { consecutiveFailures, exponential, type Mode, probes, ramp, slowCallRate } from '../../src/index.ts';
import { fail, observed } from './breakers.ts';

describe('trip', () => {
  it('extends the open period, which refusals then show', () => {
    const { breaker, clock, moves } = observed();
    breaker.trip();
    clock.advance(999.9);
    breaker.trip(600_000);
    expect(breaker.retryAfter).toBe(600_000);
    expect(() => breaker.acquire()).toThrow(
      expect.objectContaining({ because: expect.objectContaining({ rule: 'trip' }) }),
    );
    clock.advance(599_999);
    expect(breaker.state).toBe('open');
    clock.advance(1);
    expect(breaker.state).toBe('half-open');
    expect(moves()).toEqual(['closed>open']);
  });

  it('never shortens it', () => {
    const { breaker } = observed();
    breaker.trip(10_000);
    breaker.trip(5);
    breaker.trip();
    expect(breaker.retryAfter).toBe(10_000);
  });

  it('does not count as a further opening: the next wait has not grown', () => {
    const { breaker, clock } = observed({ openFor: exponential(1_000, { jitter: 'none' }) });
    breaker.trip();
    for (let i = 0; i < 5; i++) breaker.trip(100);
    clock.advance(1_000);
    breaker.acquire().settle('failure');
    expect(breaker.retryAfter).toBe(2_000);
  });
});

describe('reset', () => {
  it('also ends the era of a closed circuit: a call begun before is late', () => {
    const { breaker } = observed({ openWhen: consecutiveFailures(1) });
    const before = breaker.acquire();
    breaker.reset();
    before.settle('failure');
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0, late: 1 });
  });

  it.each<Mode>(['disabled', 'shadow', 'isolated'])(
    'has the same effect as leaving a mode and entering it again: %s',
    (mode) => {
      const { breaker } = observed({ openWhen: consecutiveFailures(1) });
      const before = breaker.acquire();
      breaker.setMode(mode);
      breaker.setMode('active');
      before.settle('failure');
      expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0, late: 1 });
    },
  );
});

describe('a probe that ends while the mode is', () => {
  const recoveries = [
    ['probes', probes({ permitted: 1 })],
    ['a sample', probes({ permitted: 1, sample: 3 })],
    ['probes with a longest stay', probes({ permitted: 1, maxStay: 10_000 })],
    ['a ramp', ramp([0.5, 1])],
  ] as const;
  const endings = ['success', 'failure', 'ignored'] as const;
  const modes: readonly Mode[] = ['disabled', 'shadow'];

  it.each(
    modes.flatMap((mode) =>
      recoveries.flatMap(([what, recover]) => endings.map((end) => [mode, what, end, recover] as const)),
    ),
  )('%s gives its place back and moves no circuit: %s, %s', (mode, _what, ending, recover) => {
    const { breaker, clock, moves } = observed({ recover });
    breaker.trip();
    clock.advance(1_000);
    const probe = breaker.acquire();
    breaker.setMode(mode);
    probe.settle(ending);
    expect(moves()).toEqual(['closed>open', 'open>half-open']);
    breaker.setMode('active');
    expect([0, 1].some(() => breaker.tryAcquire())).toBe(true);
  });
});

describe('a call that ends while the mode is', () => {
  it.each<Mode>(['disabled', 'shadow'])('%s moves no circuit, even if the longest stay half-open is over', (mode) => {
    const { breaker, clock, moves } = observed({ recover: probes({ permitted: 1, maxStay: 500 }) });
    breaker.halfOpen();
    const probe = breaker.acquire();
    breaker.setMode(mode);
    clock.advance(500);
    probe.settle('success');
    expect(moves()).toEqual(['closed>half-open']);
  });

  it.each<Mode>(['disabled', 'shadow'])('%s moves no circuit, whatever a recovery of the user’s own says', (mode) => {
    const recovery = probes({ permitted: 1 }).build({ permitTimeout: 500, rule: undefined });
    const settle = () => ({ to: 'closed', verdict: { rule: 'own' } }) as const;
    const { breaker, moves } = observed({ recover: { build: () => ({ ...recovery, settle }) } });
    breaker.halfOpen();
    const probe = breaker.acquire();
    breaker.setMode(mode);
    probe.settle('success');
    expect(moves()).toEqual(['closed>half-open']);
  });

  it.each<Mode>(['disabled', 'shadow'])('%s draws no chance, because it can open nothing', (mode) => {
    let drawn = 0;
    const { breaker } = observed({ random: () => ++drawn / 100 });
    breaker.halfOpen();
    const probe = breaker.acquire();
    breaker.trip();
    breaker.setMode(mode);
    const before = drawn;
    breaker.acquire().settle('success');
    probe.settle('success');
    expect(drawn).toBe(before);
  });
});

describe('a success that comes after its place was reclaimed', () => {
  const slow = (permitTimeout: number, options: object = {}) => observed({ permitTimeout, ...options });

  it('closes a circuit whose calls all succeed and all take longer than permitTimeout', () => {
    const { breaker, clock } = slow(30_000);
    breaker.trip();
    clock.advance(1_000);
    const under: { settle(outcome: 'success'): void; due: number }[] = [];
    for (let second = 0; second < 200 && breaker.state !== 'closed'; second++) {
      clock.advance(1_000);
      for (const call of under.filter(({ due }) => due === second)) call.settle('success');
      const permit = breaker.tryAcquire();
      if (permit) under.push({ settle: (outcome) => permit.settle(outcome), due: second + 35 });
    }
    expect(breaker.state).toBe('closed');
  });

  it('counts once, and only in the same half-open state', () => {
    const { breaker, clock } = slow(100);
    breaker.trip();
    clock.advance(1_000);
    const first = breaker.acquire();
    clock.advance(100);
    breaker.acquire().settle('failure');
    expect(breaker.state).toBe('open');
    first.settle('success');
    clock.advance(1_000);
    expect(breaker.state).toBe('half-open');
    expect(breaker.metrics().calls).toBe(0);
  });

  it.each(['failure', 'ignored'] as const)('is evidence, but a late %s is not', (outcome) => {
    const { breaker, clock } = slow(100);
    breaker.trip();
    clock.advance(1_000);
    const late = breaker.acquire();
    clock.advance(100);
    breaker.acquire();
    late.settle(outcome);
    expect(breaker.state).toBe('half-open');
    expect(breaker.metrics().calls).toBe(0);
  });

  it('does not count if it was slow and the rule judges slowness', () => {
    const openWhen = slowCallRate(1, { slowerThan: 50, minimumCalls: 5 });
    const { breaker, clock } = slow(100, { openWhen, recover: probes({ permitted: 1, successes: 1 }) });
    breaker.trip();
    clock.advance(1_000);
    const late = breaker.acquire();
    clock.advance(100);
    breaker.acquire();
    late.settle('success');
    expect(breaker.state).toBe('half-open');
  });
});

describe('the Retry-After of a server', () => {
  const YEAR = 365 * 24 * 3_600_000;
  const asking = (outcome: 'failure' | 'ignored', retryAfter = YEAR) => ({ outcome, retryAfter });

  it('is remembered up to the cap: a year does not lengthen every opening', () => {
    const { breaker, clock } = observed();
    breaker.record(asking('failure'));
    breaker.trip();
    expect(breaker.retryAfter).toBe(60_000);
    clock.advance(60_000);
    breaker.acquire().settle('failure');
    expect(breaker.retryAfter).toBe(1_000);
  });

  it('is remembered up to an hour if openFor has no cap', () => {
    const { breaker } = observed({ openFor: ({ retryAfter = 0 }) => retryAfter });
    breaker.record(asking('failure'));
    breaker.trip();
    expect(breaker.retryAfter).toBe(3_600_000);
  });

  it('counts for each opening until the circuit closes', () => {
    const { breaker, clock } = observed();
    breaker.record(asking('failure', 50_000));
    breaker.trip(0);
    clock.advance(1);
    breaker.acquire().settle('failure');
    expect(breaker.retryAfter).toBe(49_999);
  });

  it('is forgotten when the circuit closes', () => {
    const { breaker, clock } = observed();
    breaker.record(asking('failure', 50_000));
    breaker.trip(0);
    clock.advance(1);
    breaker.acquire().settle('success');
    breaker.acquire().settle('success');
    expect(breaker.state).toBe('closed');
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
  });

  it('is forgotten by reset, even of a closed circuit', () => {
    const { breaker } = observed();
    breaker.record(asking('failure', 50_000));
    breaker.reset();
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
  });

  it('of an ignored call is not used unless openFor asks for it', async () => {
    const { breaker } = observed();
    breaker.record(asking('ignored'));
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
    const asked = observed({ openFor: exponential(1_000, { retryAfterOfIgnored: true, jitter: 'none' }) }).breaker;
    asked.record(asking('ignored'));
    asked.trip();
    expect(asked.retryAfter).toBe(60_000);
  });

  it('of a call of an earlier era is not used', async () => {
    const { breaker } = observed();
    const late = breaker.acquire();
    await fail(breaker);
    await fail(breaker);
    breaker.reset();
    late.settle(asking('failure', 50_000));
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
  });
});
