import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  anyOf,
  type Breaker,
  consecutiveFailures,
  createBreaker,
  failureCount,
  failureRate,
  type Mode,
  rule,
  slowCallRate,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { holds } from '../properties/holds.ts';
import { must } from '../properties/must.ts';
import { type Told, type WindowUnderTest, windows } from '../properties/naive-window.ts';

const SLOW = 50;

/** On an edge of every slice, so that gaps of a slice's length end on one. */
const BEGINNING = 2_000;

/** A rule beside the naive way to judge it over the calls remembered; `run` counts failures since the last success. */
interface Judge {
  readonly rule: ReturnType<typeof failureRate>;

  /** Calls that it needs to hold: a window that cannot hold this many is refused. */
  readonly needs?: number;
  holds(told: readonly Told[], run: number): boolean;
}

const failures = (told: readonly Told[]) => told.filter(({ failed }) => failed).length;
const slow = (told: readonly Told[]) => told.filter(({ duration }) => duration >= SLOW).length;

const never: Judge = { rule: rule({ judge: () => undefined }), holds: () => false };
const half: Judge = {
  rule: failureRate(0.5, { minimumCalls: 4 }),
  needs: 4,
  holds: (told) => told.length >= 4 && failures(told) / told.length >= 0.5,
};
const five: Judge = { rule: failureCount(5), needs: 5, holds: (told) => failures(told) >= 5 };
const row: Judge = { rule: consecutiveFailures(4), holds: (_told, run) => run >= 4 };
const lame: Judge = {
  rule: slowCallRate(0.6, { slowerThan: SLOW, minimumCalls: 3 }),
  needs: 3,
  holds: (told) => told.length >= 3 && slow(told) / told.length >= 0.6,
};
const judges: Readonly<Record<string, Judge>> = {
  half,
  five,
  row,
  lame,
  either: {
    rule: anyOf(half.rule, row.rule, lame.rule),
    needs: 4,
    holds: (told, run) => [half, row, lame].some((judge) => judge.holds(told, run)),
  },
};

/** Not for so long, but until the clock next shows a multiple of this. */
const edges = fc.constantFrom(-100, -100, -1_000);

type Deed = 'call' | 'look' | 'reset' | Mode;

const step = fc.record({
  // Within a slice, at its edge, at the window's edge, and far beyond it; windows of calls see them too.
  gap: fc.oneof(fc.constantFrom(0, 0, 0, 1, 99, 100, 101, 333, 334, 999, 1_000, 1_001, 5_000), fc.nat(400), edges),
  takes: fc.constantFrom(0, 0, 0, 49, 50, 99, 700, 2_500),
  outcome: fc.constantFrom('success' as const, 'success' as const, 'success' as const, 'failure' as const),
  deed: fc.oneof(
    { weight: 40, arbitrary: fc.constant<Deed>('call') },
    { weight: 4, arbitrary: fc.constant<Deed>('look') },
    { weight: 1, arbitrary: fc.constantFrom<Deed[]>('reset', 'shadow', 'disabled', 'active') },
  ),
});
const history = fc.array(step, { maxLength: 80, size: 'max' });

/** A breaker beside the list of every outcome it has received since its evidence was last cleared. */
class Pair {
  readonly #window: WindowUnderTest;
  readonly #judge: Judge;
  readonly #judgesAll: boolean;
  readonly #clock = manualClock(BEGINNING);
  readonly #breaker: Breaker;
  #told: Told[] = [];
  #anchor = BEGINNING;

  constructor(window: WindowUnderTest, judge: Judge, evaluateOn: 'failure' | 'any') {
    this.#window = window;
    this.#judge = judge;
    this.#judgesAll = evaluateOn === 'any';
    const options = { name: 'pair', clock: this.#clock, openWhen: judge.rule, window: window.recipe, evaluateOn };
    this.#breaker = createBreaker(options);
  }

  do({ gap, takes, outcome, deed }: typeof step extends fc.Arbitrary<infer S> ? S : never): void {
    const clock = this.#clock;
    const breaker = this.#breaker;
    clock.advance(gap >= 0 ? gap : -gap - (clock.now() % -gap));
    if (deed === 'look') this.#agreesOnNumbers();
    else if (deed === 'reset') {
      breaker.reset();
      this.#clear();
    } else if (deed !== 'call') {
      if (deed !== breaker.mode) this.#clear();
      breaker.setMode(deed);
    } else {
      const permit = breaker.acquire();
      clock.advance(takes);
      permit.settle(outcome);
      if (breaker.mode === 'disabled') return;
      this.#told.push({ at: clock.now(), duration: takes, failed: outcome === 'failure' });
      this.#agreesOnVerdict();
    }
  }

  #clear(): void {
    this.#told = [];
    this.#anchor = this.#clock.now();
  }

  get #remembered(): readonly Told[] {
    return this.#window.remembers(this.#told, this.#clock.now(), this.#anchor);
  }

  #agreesOnNumbers(): void {
    const told = this.#remembered;
    const read = this.#breaker.metrics();
    must(read.calls === told.length, () => `${read.calls} calls, not ${told.length}`);
    must(read.failures === failures(told), () => `${read.failures} failures, not ${failures(told)}`);
    const isTimed = (this.#judge.rule.slowerThan ?? Infinity) < Infinity;
    if (isTimed) must(read.slow === slow(told), () => `${read.slow} slow, not ${slow(told)}`);
  }

  /** Judged after failures and slow calls, or after each; a call that the window leaves out is never judged. */
  #agreesOnVerdict(): void {
    const told = this.#remembered;
    const last = this.#told.at(-1) as Told;
    const isTimed = (this.#judge.rule.slowerThan ?? Infinity) < Infinity;
    const notable = this.#judgesAll || last.failed || (isTimed && last.duration >= SLOW);
    const enough = notable && told.at(-1) === last && this.#judge.holds(told, this.#run(told));
    const opens = enough && this.#breaker.mode === 'active';
    must((this.#breaker.state === 'open') === opens, () => `${this.#breaker.state}, and by the list open: ${opens}`);
    if (!opens) return;
    this.#breaker.reset();
    this.#clear();
  }

  /** Windows that restart forget a row; others keep all of it, however old its beginning. */
  #run(told: readonly Told[]): number {
    const rows = this.#window.name === 'a tumbling window' ? told : this.#told;
    const successAt = rows.map(({ failed }) => failed).lastIndexOf(false);
    return rows.length - 1 - successAt;
  }
}

describe('windows and rules agree with a list of every outcome, over any history and any idle gaps', () => {
  it.each(windows)('$name: in what they remember', (window) => {
    const rule = fc.constantFrom(never, {
      ...never,
      rule: { ...lame.rule, ...never.rule, minimumCalls: 1 },
    });
    holds(
      fc.property(rule, fc.constantFrom('failure' as const, 'any' as const), history, (judge, evaluateOn, steps) => {
        const pair = new Pair(window, judge, evaluateOn);
        for (const each of steps) pair.do(each);
      }),
      40,
    );
  });

  it.each(Object.entries(judges))('%s: in when it is enough', (_name, judge) => {
    const { needs = 1 } = judge;
    const window = fc.constantFrom(...windows.filter(({ recipe: { capacity = Infinity } }) => capacity >= needs));
    holds(
      fc.property(window, fc.constantFrom('failure' as const, 'any' as const), history, (over, evaluateOn, steps) => {
        const pair = new Pair(over, judge, evaluateOn);
        for (const each of steps) pair.do(each);
      }),
      80,
    );
  });
});
