import fc from 'fast-check';
import { adaptive, failureRate, fixed, type Mode, type Outcome, probes } from '../../src/index.ts';

/** What else a breaker in adaptive mode may be given. */
export const others = {
  'another break-even': adaptive({ breakEven: 0.8 }),
  'adaptive again': adaptive(),
  'another recovery': { recover: probes({ permitted: 2, successes: 2 }) },
  'no plug that learns': {
    openWhen: failureRate(0.5, { minimumCalls: 4 }),
    openFor: fixed(50),
    recover: probes({ permitted: 1 }),
  },
} as const;

/** What can be done to a breaker in adaptive mode. Calls that are acquired and not settled are abandoned. */
export type Deed =
  | { readonly does: 'acquire'; readonly times: number }
  | { readonly does: 'settle'; readonly age: number; readonly times: number; readonly outcome: Outcome }
  | { readonly does: 'serve'; readonly times: number; readonly takes: number; readonly outcome: Outcome }
  | { readonly does: 'record'; readonly outcome: Outcome }
  | { readonly does: 'mode'; readonly to: Mode }
  | { readonly does: 'trip'; readonly ms: number | undefined }
  | { readonly does: 'halfOpen' | 'reset' | 'look' | 'expectTrouble' }
  | { readonly does: 'reconfigure'; readonly to: keyof typeof others };

const just = <D extends Deed['does']>(does: D) => fc.constant({ does });
const outcome = fc.constantFrom<Outcome[]>('success', 'success', 'success', 'failure', 'failure', 'ignored');
const times = fc.constantFrom(1, 1, 1, 2, 5, 20);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ does: fc.constant('acquire' as const), times }) },
  {
    weight: 24,
    arbitrary: fc.record({
      does: fc.constant('settle' as const),
      age: fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(60) }),
      times,
      outcome,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('serve' as const),
      times: fc.constantFrom(5, 20, 120),
      takes: fc.constantFrom(10, 10, 10, 50),
      // Some in a row fail, as after a relapse.
      outcome: fc.constantFrom<Outcome[]>('success', 'success', 'success', 'failure'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('record' as const), outcome }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('trip' as const), ms: fc.constantFrom(undefined, 0, 5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('mode' as const),
      to: fc.constantFrom<Mode[]>('active', 'active', 'active', 'isolated', 'disabled', 'shadow'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('halfOpen', 'reset', 'look', 'expectTrouble').map((does) => ({ does }) as Deed),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('reconfigure' as const),
      to: fc.constantFrom(...(Object.keys(others) as (keyof typeof others)[])),
    }),
  },
  { weight: 1, arbitrary: just('look') },
);

/** From no time at all, over the time of a call and the waits, to beyond every deadline. */
const wait = fc.constantFrom(0, 0, 0, 1, 5, 20, 20, 20, 60, 100, 500, 5_000, 200_000);

/** What is done in a life, and the milliseconds before it. */
export type Doings = readonly (readonly [passed: number, deed: Deed])[];

/** Lives of any kind. */
export const doings: fc.Arbitrary<Doings> = fc.array(fc.tuple(wait, deed), {
  maxLength: 100,
  size: 'max',
});
