import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  exponential,
  probes,
  restore,
  type Snapshot,
  snapshot,
} from '../../src/index.ts';
import { type ManualClock, manualClock } from '../../src/testing/manual-clock.ts';
import { holds } from '../properties/holds.ts';

const options: Omit<BreakerOptions, 'clock'> = {
  name: 'payments',
  openWhen: consecutiveFailures(2),
  openFor: exponential(1_000, { jitter: 'none', forgetAfter: 500 }),
  recover: probes({ permitted: 2, maxStay: 3_000 }),
  random: () => 0,
};

const action = fc.constantFrom(
  'failure',
  'success',
  'trip',
  'halfOpen',
  'reset',
  'isolated',
  'active',
  'shadow',
  'disabled',
);
const history = fc.array(fc.record({ gap: fc.constantFrom(0, 1, 400, 999, 1_000, 3_000), action }), { maxLength: 30 });

type Step = { readonly gap: number; readonly action: string };

function live(clock: ManualClock, steps: readonly Step[]) {
  const breaker = createBreaker({ ...options, clock });
  goOn(breaker, clock, steps);
  return breaker;
}

function goOn(breaker: Breaker, clock: ManualClock, steps: readonly Step[]): void {
  for (const { gap, action: act } of steps) {
    clock.advance(gap);
    if (act === 'failure' || act === 'success') breaker.tryAcquire()?.settle(act);
    else if (act === 'trip' || act === 'halfOpen' || act === 'reset') breaker[act]();
    else breaker.setMode(act as 'active');
  }
}

/** Another process: its clock started elsewhere, its wall clock agrees. */
function elsewhere(clock: ManualClock, later: number) {
  const there = manualClock(77_000_000);
  there.setWall(clock.wall() + later);
  return { there, restored: createBreaker({ ...options, clock: there }) };
}

const through = (taken: Snapshot): Snapshot => JSON.parse(JSON.stringify(taken));

describe('a snapshot', () => {
  it('transfers a circuit to another process at any instant: state, mode, time left and reasons', () => {
    holds(
      fc.property(history, fc.constantFrom(0, 1, 500, 5_000), (steps, later) => {
        const clock = manualClock();
        const breaker = live(clock, steps);
        const { there, restored } = elsewhere(clock, later);
        restore(restored, through(snapshot(breaker)));
        clock.advance(later);
        expect(restored.mode).toBe(breaker.mode);
        expect(restored.state).toBe(breaker.state);
        if (breaker.state === 'open') expect(restored.retryAfter).toBe(breaker.retryAfter);
        // What comes next is the same too: the next opening is as long in both.
        for (const [one, time] of [
          [breaker, clock],
          [restored, there],
        ] as const) {
          one.setMode('active');
          one.halfOpen();
          time.advance(1);
          one.trip();
        }
        expect(restored.retryAfter).toBe(breaker.retryAfter);
      }),
    );
  });

  it('waits for the rest by the wall clock, however that has jumped, and never longer than the original wait', () => {
    const jump = fc.constantFrom(-3_600_000, -1_001, -1_000, -1, 0, 1, 999, 1_000, 3_600_000);
    holds(
      fc.property(history, jump, jump, jump, (steps, before, between, after) => {
        const clock = manualClock();
        const half = Math.floor(steps.length / 2);
        const breaker = live(clock, steps.slice(0, half));
        // A jump during the breaker's life has no effect, because its time is monotonic.
        const [state, { retryAfter }] = [breaker.state, breaker];
        clock.setWall(clock.wall() + before);
        expect([breaker.state, breaker.retryAfter]).toEqual([state, retryAfter]);
        goOn(breaker, clock, steps.slice(half));

        const taken = through(snapshot(breaker));
        const { there, restored } = elsewhere(clock, between);
        restore(restored, taken);
        const { since, until = since } = taken;
        const expected = Math.max(0, Math.min(until - there.wall(), until - since));
        const waits = taken.state === 'open' && taken.mode === 'active';
        // The instant of its opening, a circuit is open even if its wait is over.
        if (waits && expected > 0) expect([restored.state, restored.retryAfter]).toEqual(['open', expected]);
        if (waits && there.wall() > until) expect(restored.state).not.toBe('open');

        // A snapshot of what was restored says the same again, but for a beginning that had to be put into the past.
        there.setWall(there.wall() + after);
        const again = snapshot(restored);
        const age = Math.max(0, there.wall() - after - since);
        expect(again).toMatchObject({ version: 1, state: taken.state, mode: taken.mode, attempt: taken.attempt });
        expect(again.since).toBe(there.wall() - age);
        expect(again.because?.rule).toBe(taken.because?.rule ?? (taken.state === 'closed' ? undefined : 'restore'));
        if (taken.state === 'open') expect((again.until ?? 0) - again.since).toBe(until - since);
        if (taken.state === 'half-open') expect(again.waited).toBe(taken.waited);
      }),
    );
  });

  it('taken twice without a call between is the same: reading changes nothing', () => {
    const clock = manualClock();
    const breaker = live(clock, [{ gap: 0, action: 'trip' }]);
    clock.advance(400);
    expect(snapshot(breaker)).toEqual(snapshot(breaker));
    expect(snapshot(breaker)).toMatchObject({ version: 1, state: 'open', attempt: 1, because: { rule: 'trip' } });
  });

  it.each([
    ['an hour back', -3_600_000, 'open', 1_000],
    ['an hour on', 3_600_000, 'half-open', 0],
  ])(
    'of an open circuit, restored with the wall clock set %s, waits no longer than its original wait',
    (_what, by, state, retryAfter) => {
      const clock = manualClock();
      const breaker = live(clock, [{ gap: 0, action: 'trip' }]);
      clock.advance(400);
      const { restored } = elsewhere(clock, by);
      restore(restored, through(snapshot(breaker)));
      expect(restored.state).toBe(state);
      expect(restored.retryAfter).toBe(retryAfter);
    },
  );

  it('of a half-open circuit has all its probes free', () => {
    const clock = manualClock();
    const breaker = live(clock, [{ gap: 0, action: 'halfOpen' }]);
    breaker.acquire();
    breaker.acquire();
    const { restored } = elsewhere(clock, 0);
    restore(restored, through(snapshot(breaker)));
    expect(restored.acquire().probe).toBe(true);
    expect(restored.tryAcquire()).toBeDefined();
    expect(restored.tryAcquire()).toBeUndefined();
  });

  it('is announced as a move, and answers from before do not count', () => {
    const clock = manualClock();
    const breaker = live(clock, [{ gap: 0, action: 'trip' }]);
    const { restored } = elsewhere(clock, 0);
    const moves: string[] = [];
    restored.subscribe(({ from, to, because }) => moves.push(`${from}>${to}: ${because?.rule}`));
    const late = restored.acquire();
    restore(restored, through(snapshot(breaker)));
    late.settle('failure');
    expect(moves).toEqual(['closed>open: trip']);
    expect(restored.metrics().late).toBe(1);
  });

  it.each<[what: string, taken: unknown, message: string]>([
    ['nothing', null, 'restore must be given a snapshot, got null'],
    ['another version', { version: 2 }, 'snapshot version must be 1, got 2'],
    [
      'a state it does not know',
      { version: 1, state: 'ajar' },
      "snapshot state must be one of 'closed', 'open', 'half-open', got 'ajar'",
    ],
    ['no time', { version: 1, state: 'open', mode: 'active', since: 'now' }, 'snapshot since must be a finite number'],
  ])('refuses %s, and nothing has changed', (_what, taken, message) => {
    const { restored } = elsewhere(manualClock(), 0);
    expect(() => restore(restored, taken as Snapshot)).toThrow(message);
    expect(restored.state).toBe('closed');
  });
});
