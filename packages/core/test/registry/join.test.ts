import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  type Company,
  consecutiveFailures,
  createBreaker,
  createRegistry,
  fixed,
  join,
  type Seat,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { fail, observed, succeed } from '../breaker/breakers.ts';

/** A breaker in company that notes what it is told. */
function joined(breaker: Breaker, company: Company = {}) {
  const told: string[] = [];
  let seat!: Seat;
  const end = join(breaker, (_, given) => {
    seat = given;
    return {
      tell: (outcome, at, _duration, kind) => told.push(`${outcome} ${at} ${kind}`),
      skip: (successes) => told.push(`${successes} skipped`),
      moved: () => told.push(breaker.state),
      left: () => told.push('left'),
      ...company,
    };
  });
  return { told, seat, end };
}

const HEARSAY = { rule: 'hearsay', evidence: { instances: 3 } };

describe('the company of a breaker', () => {
  it('is told each settled call of the present era, after the detector, and each move', async () => {
    const { breaker, clock } = observed();
    const { told } = joined(breaker);
    await succeed(breaker);
    breaker.record({ outcome: 'failure', kind: '503' });
    breaker.record('ignored');
    const late = breaker.acquire();
    breaker.record('failure');
    late.settle('success');
    clock.advance(1_000);
    await succeed(breaker);
    const moves = ['open', 'failure 1000 undefined', 'half-open', 'success 2000 undefined'];
    expect(told).toEqual(['success 1000 undefined', 'failure 1000 503', 'ignored 1000 undefined', ...moves]);
  });

  it('gets the successes of a lull as a number, before what ends the lull or when it asks', async () => {
    const { breaker } = observed();
    await succeed(breaker);
    await succeed(breaker);
    const { told, seat } = joined(breaker);
    await succeed(breaker);
    await succeed(breaker);
    seat.flush();
    expect(told).toEqual(['success 1000 undefined', '1 skipped']);
    for (let i = 0; i < 3; i++) await succeed(breaker);
    await fail(breaker);
    expect(told.slice(2)).toEqual(['success 1000 undefined', '2 skipped', 'failure 1000 undefined']);
  });

  it('keeps a circuit closed by not consenting, which is announced once for each opening that it prevents', async () => {
    const { breaker, clock, events } = observed();
    const { end } = joined(breaker, { consents: () => false });
    for (let i = 0; i < 4; i++) await fail(breaker);
    expect(breaker.state).toBe('closed');
    expect(events.map(({ type }) => type)).toEqual(['wouldOpen']);
    clock.advance(1_000);
    await fail(breaker);
    expect(events.map(({ type }) => type)).toEqual(['wouldOpen', 'wouldOpen']);
    end();
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('has no effect by throwing, which is reported', async () => {
    const errors: string[] = [];
    const { breaker } = observed({ onError: (error, where) => errors.push(`${where}: ${(error as Error).message}`) });
    const fault = (): never => {
      throw new Error('company');
    };
    joined(breaker, { tell: fault, moved: fault, consents: fault, skip: fault });
    const { told } = joined(breaker);
    await fail(breaker);
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(told).toEqual(['failure 1000 undefined', 'open', 'failure 1000 undefined']);
    expect(errors).toEqual(Array(4).fill(expect.stringMatching(/: company$/)));
  });

  it('of a registry joins breakers made later, and is told when one is forgotten', () => {
    const registry = createRegistry({ options: (name) => ({ name }), max: 2 });
    registry.get('early');
    const names: string[] = [];
    const end = join(registry, ({ name }) => {
      names.push(name);
      return { left: () => names.push(`${name} left`) };
    });
    registry.get('late');
    registry.get('third');
    expect(names).toEqual(['early', 'late', 'early left', 'third']);
    end();
    registry.get('fourth');
    expect(names.slice(4).sort()).toEqual(['late left', 'third left']);
  });

  it('that cannot be made, or throws when it leaves, costs a registry nothing but a report', async () => {
    const errors: string[] = [];
    const onError = (error: unknown, where: string) => errors.push(`${where}: ${(error as Error).message}`);
    const registry = createRegistry({ options: (name) => ({ name, onError }), max: 2 });
    registry.get('early');
    const fault = (why: string) => (): never => {
      throw new Error(why);
    };
    const endNone = join(registry, fault('not made'));
    const endBad = join(registry, () => ({ left: fault('not left') }));
    const { told } = joined(registry.get('late'));
    expect(await registry.get('third').run(() => 'served')).toBe('served');
    endNone();
    endBad();
    expect([...registry].map(({ name }) => name)).toEqual(['late', 'third']);
    expect(told).toEqual([]);
    expect(errors.sort()).toEqual([...Array(3).fill('company: not made'), ...Array(3).fill('left: not left')]);
  });

  it('is made by a function', () => {
    expect(() => join(createBreaker({ name: 'mine' }), {} as never)).toThrow(/join company must be a function/);
  });

  it('is refused to what is neither a breaker nor a registry of this package', () => {
    expect(() => join({ name: 'mine' } as never, () => ({}))).toThrow(/breaker must be made by this copy/);
  });
});

describe('a seat', () => {
  it('opens a closed circuit on hearsay for its own wait, if all company consents', () => {
    const { breaker } = observed();
    const { seat } = joined(breaker);
    const { end } = joined(breaker, { consents: () => false });
    expect(seat.open(HEARSAY)).toBe(false);
    end();
    expect([seat.open(HEARSAY), seat.open(HEARSAY)]).toEqual([true, false]);
    expect(breaker.retryAfter).toBe(1_000);
  });

  it('only announces the opening in shadow mode, and does nothing in the other modes', () => {
    const { breaker, events } = observed();
    const { seat } = joined(breaker);
    for (const mode of ['shadow', 'isolated', 'disabled'] as const) {
      breaker.setMode(mode);
      expect(seat.open(HEARSAY)).toBe(false);
    }
    expect(events.filter(({ type }) => type !== 'mode').map(({ type }) => type)).toEqual(['wouldOpen']);
  });

  it('wakes an open circuit, so that the next call is a probe, and no other', async () => {
    const { breaker, moves } = observed();
    const { seat } = joined(breaker);
    expect(seat.wake(HEARSAY)).toBe(false);
    breaker.trip();
    expect([seat.wake(HEARSAY), seat.wake(HEARSAY)]).toEqual([true, false]);
    expect(breaker.acquire().probe).toBe(true);
    expect(moves()).toEqual(['closed>open', 'open>half-open']);
  });

  it('holds an open circuit, but for no more than a minute at a time', () => {
    const { breaker, clock } = observed();
    const { seat } = joined(breaker);
    seat.hold(5_000);
    expect(breaker.state).toBe('closed');
    breaker.trip();
    seat.hold(5_000);
    expect(breaker.retryAfter).toBe(5_000);
    for (let i = 0; i < 20; i++) {
      clock.advance(4_000);
      seat.hold(5_000);
    }
    expect(breaker.state).toBe('open');
    for (let i = 0; i < 3; i++) seat.hold(1e9);
    expect(breaker.retryAfter).toBe(60_000);
    clock.advance(60_000);
    expect(breaker.state).toBe('half-open');
  });

  it('brings the end of an open period forward, but not before now', () => {
    const { breaker, clock } = observed({ openFor: fixed(100_000) });
    const { seat } = joined(breaker);
    breaker.trip();
    seat.hold(0, 30_000);
    expect(breaker.retryAfter).toBe(30_000);
    clock.advance(30_000);
    expect(breaker.state).toBe('half-open');
  });

  it('makes instances rest longer between probes, by the square root of their number', () => {
    const rests = [1, 16].map((instances) => {
      const clock = manualClock();
      const breaker = createBreaker({ name: 'search', clock, random: () => 0.5 });
      joined(breaker).seat.among(instances);
      for (let i = 0; i < 50; i++) {
        clock.advance(200);
        breaker.acquire().settle(i < 45 ? 'success' : 'failure');
        if (breaker.state === 'open') break;
      }
      return breaker.metrics().state === 'open' ? breaker.retryAfter : Number.NaN;
    });
    expect(rests[1]).toBeGreaterThan(3.9 * (rests[0] as number));
    expect(rests[1]).toBeLessThan(4.1 * (rests[0] as number));
  });

  it("makes detectors of the breaker's present rule", () => {
    const { breaker } = observed();
    const { seat } = joined(breaker);
    const before = seat.detection;
    const detector = seat.detector();
    expect(detector.tell(true, 1_000, 0, undefined)).toBeUndefined();
    expect(detector.tell(true, 1_000, 0, undefined)).toMatchObject({ rule: 'consecutiveFailures' });
    breaker.reconfigure({ openWhen: consecutiveFailures(1) });
    expect(seat.detection).not.toBe(before);
    expect(seat.detector().tell(true, 1_000, 0, undefined)).toMatchObject({ rule: 'consecutiveFailures' });
  });
});
