import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOf, failureCount, overdue, type Permit } from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';
import { holds } from '../properties/holds.ts';
import { planOf } from './noting.ts';

const hang = { openWhen: overdue(2, { longerThan: 800 }) };

describe('overdue', () => {
  it('opens on calls in flight that have taken too long, before any of them has come back', () => {
    const { breaker, clock, events } = observed(hang);
    breaker.acquire();
    breaker.acquire();
    clock.advance(900);
    expect(breaker.tryAcquire()).toBeUndefined();
    expect(events[0]).toMatchObject({
      type: 'move',
      to: 'open',
      because: { rule: 'overdue', evidence: { overdue: 2, longerThan: 800 } },
    });
  });

  it('counts no call that has come back, however it ended', () => {
    for (const outcome of ['success', 'failure', 'ignored'] as const) {
      const { breaker, clock } = observed(hang);
      breaker.acquire();
      breaker.acquire().settle(outcome);
      clock.advance(900);
      expect(breaker.tryAcquire()).toBeDefined();
    }
  });

  it('uses when a call was admitted, not a duration that its host measured', () => {
    const { breaker, clock } = observed(hang);
    breaker.acquire();
    const measured = breaker.acquire();
    clock.advance(700);
    measured.settle('success', 1);
    clock.advance(200);
    expect(breaker.tryAcquire()).toBeDefined();
  });

  it('forgets calls whose permit was lost: they do not keep the circuit open for ever', () => {
    const { breaker, clock } = observed({ ...hang, permitTimeout: 2_000 });
    breaker.acquire();
    breaker.acquire();
    clock.advance(2_200);
    expect(breaker.tryAcquire()).toBeDefined();
  });

  it('counts a call as overdue once its whole slice is, at most an eighth of the limit late', () => {
    const detector = planOf(overdue(1, { longerThan: 800 })).start(0);
    expect(detector.admitting?.(150)).toBeUndefined();
    const unseen = planOf(overdue(1, { longerThan: 800 })).start(0);
    unseen.admitting?.(150);
    expect(unseen.admitting?.(999)).toBeUndefined();
    expect(detector.admitting?.(1_000)).toEqual({
      rule: 'overdue',
      evidence: { overdue: 1, limit: 1, longerThan: 800 },
    });
  });

  it('counts each call of a slice', () => {
    const detector = planOf(overdue(3, { longerThan: 800 })).start(0);
    for (const at of [0, 1, 99, 100]) detector.admitting?.(at);
    detector.released?.(50);
    expect(detector.admitting?.(900)).toBeUndefined();
    expect(detector.admitting?.(1_000)?.evidence?.['overdue']).toBe(3);
  });

  it('no longer counts an overdue call that comes back, and counts a second settlement once', () => {
    const detector = planOf(overdue(2, { longerThan: 800 }), { permitTimeout: 1e6 }).start(0);
    for (const at of [0, 0, 200]) detector.admitting?.(at);
    expect(detector.admitting?.(900)?.evidence?.['overdue']).toBe(2);
    detector.released?.(0);
    expect(detector.admitting?.(901)).toBeUndefined();
    detector.released?.(0);
    detector.released?.(0);
    expect(detector.admitting?.(1_100)).toBeUndefined();
    expect(detector.admitting?.(1_800)?.evidence?.['overdue']).toBe(2);
  });

  it('forgets a call after permitTimeout, or after twice its own limit if that is later', () => {
    for (const [permitTimeout, last] of [
      [4_000, 4_000],
      [100, 1_600],
    ] as const) {
      const detector = planOf(overdue(1, { longerThan: 800 }), { permitTimeout }).start(0);
      detector.admitting?.(0);
      expect(detector.admitting?.(900)).toBeDefined();
      expect(detector.admitting?.(last + 99)).toBeDefined();
      expect(detector.admitting?.(last + 100)).toBeUndefined();
    }
  });

  it('ignores a call that it has forgotten', () => {
    const detector = planOf(overdue(1, { longerThan: 800 }), { permitTimeout: 1_600 }).start(0);
    detector.admitting?.(0);
    detector.admitting?.(900);
    detector.admitting?.(1_700);
    detector.released?.(0);
    expect(detector.admitting?.(2_600)?.evidence?.['overdue']).toBe(1);
  });

  it('forgets calls under way when the circuit has moved', () => {
    const detector = planOf(overdue(1, { longerThan: 800 })).start(0);
    detector.admitting?.(0);
    detector.admitting?.(900);
    detector.clear(900);
    expect(detector.admitting?.(950)).toBeUndefined();
    detector.released?.(0);
    expect(detector.admitting?.(1_800)?.evidence?.['overdue']).toBe(1);
  });

  it('needs two clock readings and to watch, shows the calls in the window, and grants no lull', () => {
    const plan = planOf(overdue(1, { longerThan: 800 }));
    expect(plan).toMatchObject({ clockReads: 2, slowerThan: 800, watches: true });
    const detector = plan.start(0);
    expect(detector.tell(true, 0, 900, undefined)).toBeUndefined();
    detector.skip(5);
    expect(detector).toMatchObject({ lull: 0, lullUntil: 0, lullUnder: 0 });
    expect(detector.readings(0)).toEqual({ calls: 6, failures: 1, slow: 0, failureRate: 1 / 6 });
    detector.clear(0);
    expect(detector.readings(0)).toEqual({ calls: 0, failures: 0, slow: 0 });
  });

  it('can be combined with rules in anyOf', () => {
    const { breaker, clock } = observed({ openWhen: anyOf(failureCount(2), overdue(2, { longerThan: 800 })) });
    breaker.acquire().settle('failure');
    expect(breaker.metrics().failures).toBe(1);
    breaker.acquire().settle('failure');
    expect(breaker.metrics().evidence).toMatchObject({ failures: 2 });
    breaker.reset();
    breaker.acquire();
    breaker.acquire();
    clock.advance(900);
    breaker.tryAcquire();
    expect(breaker.state).toBe('open');
  });

  it('agrees with a list of every call in flight, up to a slice of delay', () => {
    const step = fc.record({ gap: fc.constantFrom(0, 50, 100, 101, 800, 901), settles: fc.option(fc.nat(5)) });
    holds(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { breaker, clock } = observed({ openWhen: overdue(3, { longerThan: 800 }), permitTimeout: 1e9 });
        const inFlight: { permit: Permit; at: number }[] = [];
        for (const { gap, settles } of steps) {
          clock.advance(gap);
          if (settles !== null) inFlight.splice(settles, 1)[0]?.permit.settle('success');
          const waiting = inFlight.map(({ at }) => clock.now() - at);
          const permit = breaker.tryAcquire();
          if (permit) inFlight.push({ permit, at: clock.now() });
          const certainly = waiting.filter((ms) => ms >= 900).length >= 3;
          const possibly = waiting.filter((ms) => ms >= 800).length >= 3;
          if (certainly) expect(permit).toBeUndefined();
          if (!possibly) expect(permit).toBeDefined();
          if (!permit) return;
        }
      }),
    );
  });
});
