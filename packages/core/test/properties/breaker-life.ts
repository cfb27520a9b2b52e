import fc from 'fast-check';
import {
  anyOf,
  type Breaker,
  consecutiveFailures,
  createBreaker,
  type Mode,
  type Outcome,
  overdue,
  type Permit,
  slowCallRate,
  snapshot,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { PERMIT_TIMEOUT, type PlanUnderTest, plans } from './plans.ts';

/** A call of this many milliseconds or more is slow, if slowness is judged. */
export const SLOW = 50;

/** What can be done to a breaker. */
export type Deed =
  | { readonly does: 'acquire' | 'look' }
  | { readonly does: 'settle'; readonly age: number; readonly outcome: Outcome; readonly slow: boolean }
  | { readonly does: 'record'; readonly outcome: Outcome }
  | { readonly does: 'mode'; readonly to: Mode }
  | { readonly does: 'trip'; readonly ms: number | undefined }
  | { readonly does: 'halfOpen' | 'reset' }
  | { readonly does: 'reconfigure'; readonly to: PlanUnderTest };

/** Milliseconds passed, and what was done then. */
export type Doings = readonly (readonly [passed: number, deed: Deed])[];

const outcome = fc.constantFrom<Outcome[]>('success', 'success', 'success', 'failure', 'failure', 'ignored');
const age = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(8) });
const just = <D extends Deed['does']>(does: D) => fc.constant({ does });

/** One thing that is done. Half of the modes are `active`, or little would ever move. */
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 20, arbitrary: just('acquire') },
  {
    weight: 20,
    arbitrary: fc.record({
      does: fc.constant('settle' as const),
      age,
      outcome,
      slow: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('record' as const), outcome }) },
  { weight: 2, arbitrary: just('look') },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('mode' as const),
      to: fc.constantFrom<Mode[]>('active', 'active', 'active', 'isolated', 'disabled', 'shadow'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('trip' as const), ms: fc.constantFrom(undefined, undefined, 0, 5) }),
  },
  { weight: 2, arbitrary: just('halfOpen') },
  { weight: 1, arbitrary: just('reset') },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('reconfigure' as const), to: fc.constantFrom(...plans) }),
  },
);

/** Waits around the deadlines of the plans, and beyond them all. */
const wait = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 8, 20);

/** What is done to a breaker in a life. */
export const doings: fc.Arbitrary<Doings> = fc.array(fc.tuple(wait, deed), { maxLength: 80, size: 'max' });

/** When a breaker opens: on failures, also on slow calls, also on calls that hang. */
const conditions = {
  failures: consecutiveFailures(2),
  'slow calls': anyOf(consecutiveFailures(2), slowCallRate(1, { slowerThan: SLOW, minimumCalls: 2 })),
  'calls that hang': anyOf(consecutiveFailures(2), overdue(2, { longerThan: 8 })),
} as const;

/** One of them, by name. */
export type Condition = keyof typeof conditions;

/** A call under way, in the test's hand. */
export interface Held {
  readonly permit: Permit;
  readonly number: number;
}

/** A breaker with its clock, and all the permits it ever gave. Nobody need settle them. */
export class Life {
  readonly clock = manualClock();
  readonly breaker: Breaker;
  readonly held: Held[] = [];

  constructor(under: PlanUnderTest, condition: Condition) {
    const { openFor, recover } = under;
    const { clock } = this;
    const options = { name: 'life', clock, random: () => 0.5, openWhen: conditions[condition], openFor, recover };
    this.breaker = createBreaker({ ...options, permitTimeout: PERMIT_TIMEOUT });
  }

  /** Does everything that needs no answer. */
  do(deed: Exclude<Deed, { does: 'acquire' | 'settle' }>): void {
    const { breaker } = this;
    if (deed.does === 'record') breaker.record(deed.outcome);
    else if (deed.does === 'look') look(breaker);
    else if (deed.does === 'mode') breaker.setMode(deed.to);
    else if (deed.does === 'trip') breaker.trip(deed.ms);
    else if (deed.does === 'reconfigure') breaker.reconfigure({ openFor: deed.to.openFor, recover: deed.to.recover });
    else breaker[deed.does]();
  }
}

/** Reads all there is to read. */
function look(breaker: Breaker): unknown {
  return [breaker.state, breaker.retryAfter, breaker.metrics(), snapshot(breaker)];
}

/** The permit a settlement is about, if there ever was one: the last, or one some way back. */
export function chosen({ held }: Life, { age: back }: { readonly age: number }): Held | undefined {
  return held.at(-1 - back);
}
