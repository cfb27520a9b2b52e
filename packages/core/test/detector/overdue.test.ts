import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOf, failureCount, overdue, type Permit } from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';
import { holds } from '../properties/holds.ts';

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

  it('goes by when a call was let through, not by a duration its host measured', () => {
    const { breaker, clock } = observed(hang);
    breaker.acquire();
    const measured = breaker.acquire();
    clock.advance(700);
    measured.settle('success', 1);
    clock.advance(200);
    expect(breaker.tryAcquire()).toBeDefined();
  });

  it('gives up calls whose permit was lost: they do not hold the circuit open for ever', () => {
    const { breaker, clock } = observed({ ...hang, permitTimeout: 2_000 });
    breaker.acquire();
    breaker.acquire();
    clock.advance(2_200);
    expect(breaker.tryAcquire()).toBeDefined();
  });

  it('stands beside rules in anyOf', () => {
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
