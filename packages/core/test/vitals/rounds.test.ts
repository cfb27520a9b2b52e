import { describe, expect, it } from 'vitest';
import { Rounds } from '../../src/vitals/rounds.ts';

/** A service with this normal latency, and the calls under way to it; `admit` is a caller at this millisecond. */
function service(normalLatency: number) {
  const rounds = new Rounds();
  const seen = {
    load: 0,
    admit(at: number, calls: number = 1): void {
      for (let call = 0; call < calls; call++) {
        rounds.pass(at, seen.load, normalLatency);
        rounds.admitted();
        seen.load++;
      }
    },
    late: () => rounds.late(seen.load),
  };
  return seen;
}

describe('a round', () => {
  it.each([
    ['two normal latencies', 100, 200],
    ['at least 125 ms, because a spike of a fifth of a second is no overload', 20, 125],
  ])('is %s', (_what, normalLatency, round) => {
    const { admit, late } = service(normalLatency);
    admit(0, 5);
    admit(round, 1);
    expect(late()).toBe(0);
    admit(2 * round - 1, 1);
    expect(late()).toBe(0);
    // The third round: what the first one has sent is late.
    admit(2 * round, 1);
    expect(late()).toBe(5);
  });

  it('begins with a call, and one without calls is the previous one if it has passed', () => {
    const { admit, late } = service(100);
    admit(0, 5);
    admit(399, 1);
    expect(late()).toBe(0);
    const idle = service(100);
    idle.admit(0, 5);
    idle.admit(400, 1);
    expect(idle.late()).toBe(5);
  });
});

describe('late calls', () => {
  it('are those under way at least that were sent before the previous round', () => {
    const seen = service(100);
    for (const at of [0, 200, 400, 600]) seen.admit(at, 10);
    expect(seen.late()).toBe(20);
    // Whichever have come back: as few as can be are taken for late.
    seen.load -= 4;
    expect(seen.late()).toBe(16);
  });

  it('are none unless more calls are under way than at the start of the previous round: a burst is being served', () => {
    const seen = service(100);
    for (const at of [0, 200, 400]) seen.admit(at, 10);
    seen.load = 10;
    seen.admit(600);
    // Growth since the present round began is a single arrival. Ten were under way at the start of the previous one.
    expect(seen.late()).toBe(0);
    seen.load = 22;
    expect(seen.late()).toBe(11);
  });

  it('are none of a burst that is nearly served when another comes on top of it', () => {
    const withLeft = (left: number) => {
      const seen = service(20);
      seen.admit(0, 100);
      seen.load = 80;
      seen.admit(125);
      seen.load = left;
      seen.admit(250, 100);
      return seen.late();
    };
    // All but the call of the previous round are late. A quarter of the 80 would not be many.
    expect([21, 22].map(withLeft)).toEqual([0, 21]);
  });

  it('are none after a round without a call if any of the calls before it has come back', () => {
    const seen = (load: number) => {
      const one = service(20);
      one.admit(0, 200);
      one.load = load;
      one.admit(250);
      return one.late();
    };
    expect([200, 198, 100].map(seen)).toEqual([200, 0, 0]);
  });

  it('are none among those that count as load since less than a round', () => {
    const seen = service(100);
    for (const at of [0, 200, 400]) seen.admit(at, 10);
    expect(seen.late()).toBe(10);
    // They hang, and are load no longer.
    seen.load = 0;
    for (const at of [450, 600]) {
      seen.admit(at, 3);
      expect(seen.late()).toBeLessThanOrEqual(0);
    }
    seen.admit(800, 3);
    expect(seen.late()).toBe(3);
  });
});
