import { describe, expect, it } from 'vitest';
import { restore, type Snapshot, snapshot } from '../../src/index.ts';
import { type Observed, observed } from '../breaker/breakers.ts';

/** The same circuit in another process, some time later; its own clock has just begun. */
function elsewhere({ breaker, clock }: Observed, later: number): Observed {
  const taken: Snapshot = JSON.parse(JSON.stringify(snapshot(breaker)));
  const there = observed();
  there.clock.setWall(clock.wall() + later);
  restore(there.breaker, taken);
  return there;
}

describe('a restored circuit', () => {
  // Others: the time of opening is taken when the snapshot is made ready, so a circuit just opened comes back half-open.
  it.each([
    ['at once', 0, 1_000],
    ['in the middle', 400, 600],
    ['in the last millisecond', 999, 1],
    ['when its open period is over', 1_000, 0],
    ['a day later', 86_400_000, 0],
  ])('waits for the rest of its open period, no less and no more: %s', (_when, later, left) => {
    const made = observed();
    made.breaker.trip();
    const { breaker } = elsewhere(made, later);
    expect(breaker.retryAfter).toBe(left);
    expect(breaker.state).toBe(left > 0 ? 'open' : 'half-open');
  });

  // Others: the time counts from the restart, and a process that is restarted often stays open for ever.
  it('waits no longer, however often it is restored', () => {
    let made = observed();
    made.breaker.trip();
    for (const left of [750, 500, 250, 0]) {
      made = elsewhere(made, 250);
      expect(made.breaker.retryAfter).toBe(left);
    }
  });

  // Others: isolated is a state, restored without the handle that would end it, so the circuit can never be released.
  it.each(['isolated', 'disabled', 'shadow'] as const)('that was %s can be made active again', (mode) => {
    const made = observed();
    made.breaker.trip();
    made.breaker.setMode(mode);
    const { breaker } = elsewhere(made, 400);
    expect(breaker.mode).toBe(mode);
    breaker.setMode('active');
    expect(breaker.state).toBe('open');
    expect(breaker.retryAfter).toBe(600);
  });
});
