import { describe, expect, it } from 'vitest';
import { learnedVitals } from '../../src/vitals/learned-vitals.ts';
import type { CallObserver } from '../../src/vitals/vitals.ts';

/** The generations of the first era, and of the first after an opening. */
const NOW = 0;
const LATER = 2;

/** An outage: open, and half-open after it. */
const OUTAGE = [
  { phase: 'open', since: 10_000 },
  { phase: 'half-open', since: 10_000 },
] as const;

/** Vitals that know a service which takes 20 ms, called each 20 ms for 10 s. Nothing is under way at their end. */
function warm(): { readonly vitals: CallObserver; readonly at: number } {
  const vitals = learnedVitals.start(0);
  let at = 0;
  for (let call = 0; call < 500; call++) {
    vitals.offered(at);
    vitals.admitted();
    at += 20;
    vitals.ended('success', at, 20, 0, NOW);
  }
  return { vitals, at };
}

/** Calls that are let through and do not come back, so far apart; when the last was sent. */
function send(vitals: CallObserver, calls: number, from: number, gap: number): number {
  let at = from;
  for (let call = 0; call < calls; call++) {
    at += gap;
    vitals.offered(at);
    vitals.admitted();
  }
  return at;
}

describe('silence', () => {
  it('lasts from the first call sent', () => {
    const { vitals, at } = warm();
    send(vitals, 1, at + 1_000, 20);
    expect(vitals).toMatchObject({ unanswered: 1, silentFor: 0 });
    send(vitals, 5, at + 1_020, 20);
    expect(vitals).toMatchObject({ unanswered: 6, silentFor: 100 });
  });

  it.each(['success', 'failure'] as const)('is broken by a %s', (outcome) => {
    const { vitals, at } = warm();
    const last = send(vitals, 6, at, 20);
    vitals.ended(outcome, last, 20, 0, NOW);
    expect(vitals).toMatchObject({ unanswered: 0, silentFor: 0, outstanding: 5 });
  });

  it.each(['ignored', { outcome: 'ignored' }] as const)(
    'is not broken by callers who abort, whose answers are no longer expected (%o)',
    (ruling) => {
      const { vitals, at } = warm();
      const last = send(vitals, 6, at, 20);
      vitals.ended(ruling, last, 20, 0, NOW);
      expect(vitals).toMatchObject({ unanswered: 5, silentFor: 100 });
    },
  );

  it('is forgotten when the circuit moves or the mode changes', () => {
    const { vitals, at } = warm();
    send(vitals, 6, at, 20);
    vitals.forget();
    expect(vitals).toMatchObject({ unanswered: 0, silentFor: 0, outstanding: 6 });
  });

  it('counts at most four times the usual pause between two calls: the rest is due to the caller', () => {
    const { vitals, at } = warm();
    const last = send(vitals, 2, at, 20);
    const before = vitals.silentFor;
    send(vitals, 1, last, 10_000);
    const pause = vitals.silentFor - before;
    // The rate has gone down meanwhile, from 50 a second to what 10 s without a call make of it.
    expect(pause).toBeCloseTo(4 / vitals.rate(last + 10_000), 0);
    expect(pause).toBeLessThan(250);
  });

  it('does not count before the normal latency is known', () => {
    const vitals = learnedVitals.start(0);
    send(vitals, 1_000, 0, 1);
    expect(vitals).toMatchObject({ unanswered: 1_000, silentFor: 0, normalLatency: 0 });
  });
});

describe('load', () => {
  it('is the calls of the present half-open state; those that hang from before are only outstanding', () => {
    const { vitals, at } = warm();
    const last = send(vitals, 3, at, 20);
    vitals.stepped(LATER, OUTAGE, undefined);
    send(vitals, 2, last, 20);
    expect(vitals).toMatchObject({ load: 2, outstanding: 5 });
    vitals.ended('failure', last + 60, 60, 0, LATER);
    vitals.ended({ outcome: 'ignored' }, last + 60, 20, 2, LATER);
    expect(vitals).toMatchObject({ load: 1, outstanding: 3 });
  });
});

describe('load goes on', () => {
  it('when the circuit comes straight from closed to half-open: the calls under way are what it limits', () => {
    const { vitals, at } = warm();
    send(vitals, 3, at, 20);
    vitals.stepped(1, [{ phase: 'half-open', since: at }], undefined);
    expect(vitals).toMatchObject({ load: 3, outstanding: 3 });
  });

  it('until recovery says that calls under way hang', () => {
    const { vitals, at } = warm();
    send(vitals, 3, at, 20);
    vitals.stepped(1, [], { loadBegins: true });
    expect(vitals).toMatchObject({ load: 0, outstanding: 3 });
    vitals.ended('success', at + 60, 20, 0, 1);
    expect(vitals).toMatchObject({ load: 0, outstanding: 2 });
  });
});

describe('latency', () => {
  it('is learnt only from calls of the present era, the normal and the present one', () => {
    const { vitals, at } = warm();
    vitals.ended('success', at, 60, 0, LATER);
    expect(vitals).toMatchObject({ normalLatency: 20, latency: 20 });
    vitals.ended('success', at, 60, LATER, LATER);
    expect(vitals.latency).toBe(22);
  });

  it('begins anew when the circuit goes half-open: what was before says nothing about a recovery', () => {
    const { vitals, at } = warm();
    vitals.stepped(LATER, OUTAGE, undefined);
    vitals.ended('success', at, 60, LATER, LATER);
    expect(vitals.latency).toBe(60);
    vitals.stepped(LATER + 1, [{ phase: 'closed', since: at }], undefined);
    vitals.ended('success', at, 20, LATER + 1, LATER + 1);
    expect(vitals.latency).toBe(40);
  });

  it('is accepted as normal when recovery says so', () => {
    const { vitals, at } = warm();
    for (let call = 0; call < 100; call++) vitals.ended('success', at, 200, NOW, NOW);
    expect(vitals.latency).toBeGreaterThan(190);
    expect(vitals.normalLatency).toBeLessThan(60);
    vitals.stepped(NOW, [], { acceptLatency: true });
    expect(vitals.normalLatency).toBe(vitals.latency);
  });
});

describe('late calls', () => {
  it('are counted in calling time: a pause of the caller is no round', () => {
    const { vitals, at } = warm();
    const last = send(vitals, 10, at, 1);
    // A round has 125 ms; a pause of a second adds four usual pauses, some 80 ms.
    send(vitals, 1, last, 1_000);
    expect(vitals.late).toBeLessThanOrEqual(0);
    send(vitals, 25, last + 1_000, 20);
    expect(vitals.late).toBeGreaterThan(10);
  });

  it('begin anew with the load', () => {
    const { vitals, at } = warm();
    const last = send(vitals, 50, at, 20);
    expect(vitals.late).toBeGreaterThan(20);
    vitals.stepped(1, [], { loadBegins: true });
    send(vitals, 5, last, 20);
    expect(vitals.load).toBe(5);
    expect(vitals.late).toBeLessThanOrEqual(0);
  });
});

describe('patience', () => {
  it('is learnt from moves and successes', () => {
    const { vitals, at } = warm();
    vitals.stepped(LATER, OUTAGE, undefined);
    vitals.ended('success', at + 400, 20, LATER, LATER);
    vitals.stepped(LATER + 1, [{ phase: 'closed', since: at + 400 }], undefined);
    expect(vitals.patience(at + 400)).toBe(600);
  });
});

describe('the last success', () => {
  it('is when the breaker was made, before there was one', () => {
    expect(learnedVitals.start(7)).toMatchObject({ lastSuccess: 7, gap: 0, unservedSince: Infinity });
  });

  it('leaves a gap to the one before it, whatever failed between them', () => {
    const { vitals, at } = warm();
    vitals.ended('failure', at + 500, 20, 0, NOW);
    vitals.ended('success', at + 900, 20, 0, NOW);
    expect(vitals).toMatchObject({ lastSuccess: at + 900, gap: 900 });
  });

  it('is followed by the first unserved call: an idle night is not an outage', () => {
    const { vitals, at } = warm();
    expect(vitals.unservedSince).toBe(Infinity);
    const morning = at + 8 * 3_600_000;
    vitals.offered(morning);
    vitals.offered(morning + 50);
    expect(vitals.unservedSince).toBe(morning);
    vitals.ended('failure', morning + 60, 20, 0, NOW);
    expect(vitals.unservedSince).toBe(morning);
    vitals.ended('success', morning + 70, 20, 0, NOW);
    expect(vitals.unservedSince).toBe(Infinity);
  });
});

describe('relapse', () => {
  const outage = (long: number) => {
    const vitals = learnedVitals.start(0);
    const half = 1_000 + long / 2;
    for (const [phase, since] of [
      ['open', 1_000],
      ['half-open', half],
      ['open', half],
      ['half-open', 1_000 + long],
      ['closed', 1_000 + long],
    ] as const) {
      vitals.stepped(NOW, [{ phase, since }], undefined);
    }
    return (after: number) => vitals.relapse(1_000 + long + after);
  };

  it('is 0 for a circuit that was never open', () => {
    expect(learnedVitals.start(0).relapse(5)).toBe(0);
  });

  it.each([
    [1_000, 10_000],
    [30_000, 60_000],
    [86_400_000, 600_000],
  ])('goes from 1 to 1/e, after an outage of %d ms, in %d ms: twice as long, from 10 s to 10 min', (long, memory) => {
    const relapse = outage(long);
    expect(relapse(0)).toBe(1);
    expect(relapse(memory)).toBeCloseTo(Math.exp(-1), 9);
    expect(relapse(5 * memory)).toBeCloseTo(Math.exp(-5), 9);
  });

  it('is 1 while trouble is expected, and then what it was', () => {
    const vitals = learnedVitals.start(0);
    vitals.expectTrouble(500);
    expect([0, 499, 500].map((at) => vitals.relapse(at))).toEqual([1, 1, 0]);
  });
});
