import { describe, expect, it } from 'vitest';
import {
  adaptive,
  anyOf,
  type Breaker,
  type BreakerEvent,
  type CallObserver,
  createBreaker,
  type DetectorRecipe,
  expectTrouble,
  explain,
  failureCount,
  failureRate,
  fixed,
  type OpenFor,
  selfClocked,
  slowCallRate,
  squareRoot,
  type Vitals,
  type VitalsRecipe,
  watching,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { isAlike } from '../../src/vocabulary/made.ts';
import { present } from './present-vitals.ts';

/** Opens when more calls are under way than a pool has connections. Ten lines, as a user would write them. */
const crowded = (most: number): DetectorRecipe => ({
  build: () => ({
    clockReads: 2,
    slowerThan: Infinity,
    watches: true,
    start: (_at, _before, vitals) => ({
      ...{ lull: 0, lullUntil: 0, lullUnder: 0, skip: () => {}, clear: () => {}, tell: () => undefined },
      admitting: () =>
        vitals && vitals.load >= most ? { rule: 'crowded', evidence: { load: vitals.load } } : undefined,
      readings: () => ({ calls: 0, failures: 0, slow: 0 }),
    }),
  }),
});

/** Waits for as long as ten calls take. */
const tenCalls: OpenFor = ({ vitals }) => 10 * (vitals?.latency ?? 0);

/** Vitals of the user's own: only what the two plugs read is kept. */
class Counted implements CallObserver {
  #loadSince = 0;
  load = 0;
  latency = 0;
  readonly received: string[] = [];
  readonly normalLatency = 0;
  readonly outstanding = 0;
  readonly lastSuccess = 0;
  readonly unservedSince = 0;
  readonly gap = 0;
  readonly unanswered = 0;
  readonly silentFor = 0;
  readonly late = 0;
  readonly #log = (entry: string): void => void this.received.push(entry);
  rate = (): number => 0;
  relapse = (): number => 0;
  patience = (): number => 0;
  pausePatience = (): number => 0;
  surgePatience = (): number => 0;
  offered = (at: number): void => this.#log(`offered ${at}`);
  expectTrouble = (until: number): void => this.#log(`trouble until ${until}`);
  forget(): void {}
  admitted(): void {
    this.load++;
  }
  ended(...[ruling, , duration, began, current]: Parameters<CallObserver['ended']>): void {
    const outcome = typeof ruling === 'string' ? ruling : ruling.outcome;
    const isLoad = began >= this.#loadSince;
    if (isLoad) this.load--;
    if (outcome === 'success') this.latency = duration;
    const isLate = began !== current;
    this.#log(`${outcome} after ${duration}${isLoad ? '' : ', no load'}${isLate ? ', late' : ''}`);
  }
  stepped(...[current, moves]: Parameters<CallObserver['stepped']>): void {
    for (const { phase, since } of moves) {
      this.#log(`${phase} ${since}`);
      // What hangs from before an outage is load no longer.
      if (phase === 'half-open') {
        this.#loadSince = current;
        this.load = 0;
      }
    }
  }
}

function own(): {
  readonly breaker: Breaker;
  readonly clock: ReturnType<typeof manualClock>;
  readonly made: Counted[];
} {
  const clock = manualClock();
  const made: Counted[] = [];
  const vitals: VitalsRecipe = {
    start() {
      made.push(new Counted());
      return made.at(-1) as Counted;
    },
  };
  const breaker = createBreaker({ name: 'pool', clock, vitals, openWhen: crowded(3), openFor: tenCalls });
  return { breaker, clock, made };
}

describe('the user’s own plugs', () => {
  it('read vitals while closed and half-open, and their rule names appear in explain', () => {
    const { breaker, clock } = own();
    const told: string[] = [];
    breaker.subscribe((event) => event.type === 'move' && told.push(explain(event)));
    const first = breaker.acquire();
    clock.advance(7);
    first.settle('success');
    const permits = [1, 2, 3].map(() => breaker.acquire());
    expect(breaker.tryAcquire()).toBeUndefined();
    expect(told).toEqual([
      'Circuit "pool" opened: crowded (calls 0, failures 0, slow 0, load 3); next attempt in 70 ms.',
    ]);
    expect(breaker.retryAfter).toBe(70);
    for (const permit of permits) permit.settle('success', 3);
    clock.advance(70);
    breaker.acquire().settle('success', 1);
    breaker.acquire().settle('success', 1);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().errors).toBe(0);
  });

  it('may bring their own vitals, which observe each call, its duration, load and era, and each move', () => {
    const { breaker, clock, made } = own();
    const hanging = breaker.acquire();
    clock.advance(5);
    breaker.trip(10);
    breaker.tryAcquire();
    clock.advance(10);
    const probe = breaker.acquire();
    hanging.settle('failure');
    probe.settle('success', 4);
    breaker.record('failure');
    expectTrouble(breaker, 100);
    expect(made.flatMap(({ received }) => received)).toEqual([
      'offered 0',
      'open 5',
      'offered 5',
      'offered 15',
      'half-open 15',
      'failure after 15, no load, late',
      'success after 4',
      'trouble until 115',
    ]);
  });

  it('share a recipe of vitals but not its memory', () => {
    const { breaker, made } = own();
    const other = createBreaker({ name: 'other', vitals: { start: () => new Counted() }, openWhen: crowded(1) });
    breaker.acquire();
    other.acquire();
    expect(made).toHaveLength(1);
    expect(made[0]?.load).toBe(1);
    expect(other.tryAcquire()).toBeUndefined();
    expect(breaker.tryAcquire()).toBeDefined();
  });

  it('that do not ask for vitals cost no permit', () => {
    const clock = manualClock();
    const breaker = createBreaker({
      name: 'plain',
      clock,
      openWhen: failureRate(0.5),
      openFor: ({ vitals }) => (vitals ? 1 : 2),
    });
    breaker.trip();
    expect(breaker.retryAfter).toBe(2);
  });

  it('let calls through if they throw, and are reported', () => {
    const errors: [unknown, string][] = [];
    const clock = manualClock();
    const openWhen: DetectorRecipe = {
      build: (setting) => ({
        ...crowded(1).build(setting),
        start: (_at, _before, vitals) =>
          ({
            ...(crowded(1).build(setting).start(0, undefined, vitals) as object),
            admitting: () => {
              throw new Error('mine');
            },
          }) as never,
      }),
    };
    const onError = (error: unknown, where: string): void => void errors.push([error, where]);
    const breaker = createBreaker({ name: 'throws', clock, openWhen, openFor: squareRoot(), onError });
    expect(breaker.tryAcquire()).toBeDefined();
    expect(errors).toEqual([[new Error('mine'), 'openWhen']]);
  });

  it('can be tested with plain numbers', () => {
    const vitals: Vitals = present({ latency: 12 });
    expect(tenCalls({ at: 0, attempt: 0, luck: 0, because: { rule: 'r', at: 0 }, vitals })).toBe(120);
  });
});

describe('adaptive mode’s own plugs, combined with others,', () => {
  it('a success that is slow for the rule is as bad as a failure for the comeback', () => {
    const clock = manualClock();
    const openWhen = slowCallRate(0.5, { slowerThan: 1_000, minimumCalls: 2 });
    const breaker = createBreaker({ name: 'slow', clock, openWhen, openFor: fixed(100), recover: selfClocked() });
    for (let call = 0; call < 2; call++) breaker.acquire().settle('success', 1_000);
    expect(breaker.state).toBe('open');
    clock.advance(100);
    breaker.acquire().settle('success', 1_000);
    expect(breaker.state).toBe('open');
    clock.advance(100);
    breaker.acquire().settle('success', 999);
    expect(breaker.state).toBe('half-open');
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });

  it('are those of adaptive(), and take breakEven alone', () => {
    const plugs = adaptive({ breakEven: 0.8 });
    expect(isAlike(plugs.openWhen, watching({ breakEven: 0.8 }))).toBe(true);
    expect(isAlike(plugs.recover, selfClocked({ breakEven: 0.8 }))).toBe(true);
    expect(isAlike(plugs.recover, selfClocked())).toBe(false);
    expect(() => watching({ breakEven: 1 })).toThrow(
      'watching breakEven must be a share greater than 0 and less than 1',
    );
    expect(() => selfClocked({ shares: [1] } as never)).toThrow("selfClocked has no option 'shares'");
  });

  it('open on silence beside a limit of your own, and say which it was', () => {
    const clock = manualClock();
    const events: BreakerEvent[] = [];
    const breaker = createBreaker({ name: 'both', clock, openWhen: anyOf(failureCount(50), watching()) });
    breaker.subscribe((event) => events.push(event));
    for (let call = 0; call < 1_000; call++) {
      clock.advance(10);
      breaker.acquire().settle('success', 5);
    }
    for (let call = 0; call < 100 && breaker.state === 'closed'; call++) {
      clock.advance(10);
      breaker.tryAcquire();
    }
    expect(events.find(({ type }) => type === 'move')).toMatchObject({ to: 'open', because: { rule: 'silence' } });
    expect(breaker.metrics().calls).toBe(0);
  });
});
