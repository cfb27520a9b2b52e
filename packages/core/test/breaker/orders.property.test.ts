import fc from 'fast-check';
import { describe, it } from 'vitest';
import { circuitOf } from '../../src/breaker/create-breaker.ts';
import {
  allOf,
  anyOf,
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  cusum,
  type DetectorRecipe,
  exponential,
  failureCount,
  failureRate,
  fixed,
  kinds,
  latencyPercentile,
  type Mode,
  meanLatency,
  type Outcome,
  overdue,
  type Permit,
  probes,
  type Rule,
  type Ruling,
  ramp,
  slowCallCount,
  slowCallRate,
  squareRoot,
  sustained,
  timeWindow,
  tumblingWindow,
  weights,
} from '../../src/index.ts';
import { type ManualClock, manualClock } from '../../src/testing/manual-clock.ts';
import { partsOf } from '../../src/vocabulary/made.ts';
import { holds, TIMES } from '../properties/holds.ts';
import { must } from '../properties/must.ts';

const few = fc.integer({ min: 1, max: 30 });
const share = fc.constantFrom(0.1, 0.3, 0.5, 0.9, 1);
const time = fc.constantFrom(10, 100, 1_000, 5_000);
const minimum = fc.option(few, { nil: undefined }).map((calls) => (calls ? { minimumCalls: calls } : {}));

/** What makes a plug, so that the very same can be made again. */
type Recipe<Plug> = () => Plug;

const rule: fc.Arbitrary<Recipe<Rule>> = fc.oneof(
  fc.tuple(share, minimum).map(
    ([rate, least]) =>
      () =>
        failureRate(rate, least),
  ),
  fc.tuple(few, minimum).map(
    ([count, least]) =>
      () =>
        failureCount(count, least),
  ),
  fc.tuple(share, time, minimum).map(
    ([rate, slowerThan, least]) =>
      () =>
        slowCallRate(rate, { slowerThan, ...least }),
  ),
  fc.tuple(few, time).map(
    ([count, slowerThan]) =>
      () =>
        slowCallCount(count, { slowerThan }),
  ),
  few.map((failures) => () => consecutiveFailures(failures)),
  fc.tuple(time, minimum).map(
    ([limit, least]) =>
      () =>
        meanLatency(limit, least),
  ),
  fc.tuple(share, time, minimum).map(
    ([rank, limit, least]) =>
      () =>
        latencyPercentile(rank, limit, least),
  ),
  few.map((count) => () => failureCount(count, { counting: kinds('timeout') })),
  fc.tuple(few, share).map(
    ([count, weight]) =>
      () =>
        failureCount(count, { counting: weights({ timeout: weight }) }),
  ),
);

const condition: fc.Arbitrary<Recipe<Rule | DetectorRecipe>> = fc.oneof(
  { weight: 4, arbitrary: rule },
  fc.tuple(rule, rule).map(
    ([a, b]) =>
      () =>
        allOf(a(), b()),
  ),
  fc.tuple(rule, rule).map(
    ([a, b]) =>
      () =>
        anyOf(a(), b()),
  ),
  fc.tuple(rule, time).map(
    ([a, ms]) =>
      () =>
        sustained(a(), ms),
  ),
  fc.tuple(rule, few, time).map(
    ([a, calls, longerThan]) =>
      () =>
        anyOf(a(), overdue(calls, { longerThan })),
  ),
  fc.tuple(few, time).map(
    ([calls, longerThan]) =>
      () =>
        overdue(calls, { longerThan }),
  ),
  fc.constant(() => cusum()),
);

const window = fc.oneof(
  fc.tuple(time, few).map(
    ([length, buckets]) =>
      () =>
        timeWindow(length, { buckets }),
  ),
  fc.constantFrom('first' as const, 'first-tick' as const).map((align) => () => timeWindow(10_000, { align })),
  fc.integer({ min: 1, max: 60 }).map((size) => () => countWindow(size)),
  fc.oneof(time, fc.constant(Infinity)).map((length) => () => tumblingWindow(length)),
);

const recover = fc.oneof(
  fc.tuple(few, few, few).map(
    ([permitted, successes, failures]) =>
      () =>
        probes({ permitted, successes, failures }),
  ),
  fc.tuple(few, few).map(
    ([permitted, sample]) =>
      () =>
        probes({ permitted, sample }),
  ),
  fc.tuple(few, few, rule).map(
    ([permitted, sample, judge]) =>
      () =>
        probes({ permitted, sample, judge: judge() }),
  ),
  fc.constantFrom([0.1, 0.5, 1], [0.25], [1]).map((shares) => () => ramp(shares, { stage: 20 })),
);

const openFor = fc.constantFrom<Recipe<BreakerOptions['openFor'] & {}>[]>(
  () => fixed(50),
  () => exponential(20, { max: 200 }),
  () => squareRoot(),
);

type Plugs = Required<Pick<BreakerOptions, 'openWhen' | 'window' | 'recover' | 'openFor'>>;

const plan: fc.Arbitrary<Recipe<Plugs>> = fc
  .tuple(condition, window, recover, openFor)
  .map(([when, over, back, wait]) => () => ({ openWhen: when(), window: over(), recover: back(), openFor: wait() }));

type Deed =
  | { readonly does: 'acquire' | 'lose' | 'reset' | 'halfOpen' | 'look' | 'same' }
  | { readonly does: 'settle'; readonly outcome: Outcome; readonly age: number }
  | { readonly does: 'trip'; readonly ms: number | undefined }
  | { readonly does: 'mode'; readonly to: Mode }
  | { readonly does: 'change'; readonly to: Recipe<Plugs> };

const outcome = fc.constantFrom<Outcome[]>('success', 'success', 'failure', 'failure', 'ignored');
const mode = fc.constantFrom<Mode[]>('active', 'active', 'active', 'isolated', 'disabled', 'shadow');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 20, arbitrary: fc.constant({ does: 'acquire' as const }) },
  { weight: 20, arbitrary: fc.record({ does: fc.constant('settle' as const), outcome, age: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.constantFrom({ does: 'lose' as const }, { does: 'look' as const }) },
  { weight: 4, arbitrary: fc.constant({ does: 'same' as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('change' as const), to: plan }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('mode' as const), to: mode }) },
  { weight: 2, arbitrary: fc.constantFrom({ does: 'reset' as const }, { does: 'halfOpen' as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('trip' as const), ms: fc.constantFrom(undefined, 0, 70) }) },
);
const wait = fc.constantFrom(0, 0, 0, 1, 5, 20, 60, 300);
const history = fc.array(fc.tuple(wait, deed), { maxLength: 100, size: 'max' });

const PERMIT_TIMEOUT = 100;

/** A breaker whose plugs are replaced and whose modes change while calls come, go and are lost. */
class Life {
  readonly clock: ManualClock = manualClock(1);
  readonly breaker: Breaker;
  readonly held: Permit[] = [];
  plugs: Recipe<Plugs>;

  constructor(plugs: Recipe<Plugs>) {
    this.plugs = plugs;
    this.breaker = createBreaker({ name: 'life', clock: this.clock, permitTimeout: PERMIT_TIMEOUT, ...plugs() });
  }

  live(doings: readonly (readonly [number, Deed])[]): void {
    for (const [passed, done] of doings) {
      this.clock.advance(passed);
      this.#do(done);
    }
  }

  #do(done: Deed): void {
    const { breaker, held } = this;
    if (done.does === 'acquire') held.push(...[breaker.tryAcquire() ?? []].flat());
    else if (done.does === 'settle') held.splice(-1 - done.age, 1)[0]?.settle(done.outcome);
    else if (done.does === 'lose') held.pop();
    else if (done.does === 'trip') breaker.trip(done.ms);
    else if (done.does === 'mode') breaker.setMode(done.to);
    else if (done.does === 'look') breaker.metrics();
    else if (done.does === 'same') this.#sameAgain();
    else if (done.does === 'change') this.#change(done.to);
    else breaker[done.does]();
  }

  #sameAgain(): void {
    const before = this.#inside();
    this.breaker.reconfigure(this.plugs());
    this.breaker.reconfigure({});
    const after = this.#inside();
    must(
      before.every((part, index) => part === after[index]),
      () => `part ${before.findIndex((part, index) => part !== after[index])} was lost by an empty change`,
    );
  }

  /** Its state, with everything that its future depends on. */
  #inside(): unknown[] {
    const { current, detector, observer, lullLeft, lullGranted, blueprint } = circuitOf(this.breaker);
    return [current, detector, observer, lullLeft, lullGranted, blueprint];
  }

  #change(to: Recipe<Plugs>): void {
    const before = this.#inside();
    try {
      this.breaker.reconfigure(to());
      this.plugs = to;
    } catch (error) {
      must(error instanceof RangeError, () => `refused by ${error}`);
      must(
        this.#inside().every((part, index) => part === before[index]),
        () => 'a refused change has changed something',
      );
    }
  }

  /** Every call that is still under way is ignored. A place that was taken must now be free. */
  allComeBack(): void {
    const { breaker, held } = this;
    breaker.setMode('active');
    for (const permit of held.splice(0)) permit.settle('ignored');
    if (breaker.state !== 'half-open') return;
    // Lost places are reclaimed by then, and a share of a tenth lets every tenth call through.
    this.clock.advance(PERMIT_TIMEOUT);
    const admitted = Array.from({ length: 11 }, () => breaker.tryAcquire()).filter((permit) => permit !== undefined);
    must(admitted.length > 0 || breaker.state !== 'half-open', () => 'no place is free although no call is under way');
    for (const permit of admitted) permit.settle('ignored');
  }

  heals(): void {
    const { breaker, clock } = this;
    for (let instant = 0; instant < 800; instant++) {
      for (let caller = 0; caller < 10; caller++) breaker.tryAcquire()?.settle('success', 0);
      if (breaker.state === 'closed') return;
      clock.advance(breaker.state === 'open' ? breaker.retryAfter : 20);
    }
    must(false, () => `still ${breaker.state} although every call succeeds`);
  }

  #told(): string {
    const { openWhen, window } = circuitOf(this.breaker).blueprint.options;
    const told = (plug: unknown): unknown => partsOf(plug)?.map(told) ?? plug;
    return `${JSON.stringify(told(openWhen))} over ${window.id}`;
  }

  /** Everything that can go wrong does: at once, slowly, again and again, without an answer. */
  opens(): void {
    for (const kind of ['timeout', 'other']) this.#fail({ outcome: 'failure', kind });
    must(this.breaker.state !== 'closed', () => `it was accepted at creation, and nothing opens it: ${this.#told()}`);
  }

  #fail(failing: Ruling): void {
    const { breaker, clock } = this;
    const many = (calls: number, each: (call: number) => void): void => {
      if (breaker.state !== 'closed') return;
      // Each trouble begins with nothing seen: a window without an end would hold the others against it.
      breaker.reset();
      for (let call = 0; call < calls && breaker.state === 'closed'; call++) each(call);
    };
    many(400, () => breaker.tryAcquire()?.settle(failing, 0));
    many(400, () => breaker.tryAcquire()?.settle(failing, 20_000));
    // At once, as a window that is shorter than a call leaves it out; then a little more than each limit, because percentiles
    // are known to within a sixteenth.
    for (const duration of [0, 10.7, 107, 1_070, 5_350]) {
      many(6_000, () => {
        clock.advance(1);
        for (let call = 0; call < 5; call++) breaker.tryAcquire()?.settle(failing, duration);
      });
    }
    // The first of them hang for good.
    many(6_000, (call) => {
      if (call > 60) clock.advance(1);
      const permit = breaker.tryAcquire();
      if (call > 60) permit?.settle('ignored');
    });
  }
}

/** A breaker with these plugs; undefined if they were refused. */
function begun(plugs: Recipe<Plugs>): Life | undefined {
  try {
    return new Life(plugs);
  } catch (error) {
    must(error instanceof RangeError, () => `refused by ${error}`);
    return undefined;
  }
}

describe('under any interleaving of modes, orders, real and empty changes of options, calls and losses', () => {
  it(
    'an empty change changes nothing, and every permit gives its place back',
    () => {
      holds(
        fc.property(plan, history, (plugs, doings) => {
          const life = begun(plugs);
          life?.live(doings);
          life?.allComeBack();
        }),
        800,
      );
    },
    60_000 * TIMES,
  );

  it(
    'a circuit whose calls all succeed closes, and one that was accepted can open',
    () => {
      holds(
        fc.property(plan, history, (plugs, doings) => {
          const life = begun(plugs);
          life?.live(doings);
          life?.allComeBack();
          life?.heals();
          life?.opens();
        }),
        40,
      );
    },
    60_000 * TIMES,
  );
});
