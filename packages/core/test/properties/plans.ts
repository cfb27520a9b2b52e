import { toStringMethod } from 'fast-check';
import { exponential, failureRate, fixed, type OpenFor, probes, type RecoverRecipe, ramp } from '../../src/index.ts';
import { type Plan, planOf } from './machine.ts';
import type { Allowance } from './recovery-ledger.ts';

/** A plan with what is promised of it. All times are a few units, so that every deadline is met in a short history. */
export interface PlanUnderTest {
  readonly name: string;
  readonly openFor: OpenFor;
  readonly recover: RecoverRecipe;
  readonly allowance: Allowance;
  readonly maxStay?: { readonly after: number; readonly to: 'open' | 'closed' };

  /** The longest that it stays open by itself. */
  readonly longestWait: number;
}

/** After how long a lost probe's place is reclaimed, unless a plan says otherwise. */
export const PERMIT_TIMEOUT = 3;

const growing = exponential(2, { factor: 2, max: 8, jitter: 'none', forgetAfter: 5 });
const half = failureRate(0.5);

/** Every kind of recovery, each with a wait of one of the kinds. */
const all: readonly PlanUnderTest[] = [
  {
    name: 'one probe',
    openFor: fixed(4),
    longestWait: 4,
    recover: probes({ permitted: 1, successes: 2, failures: 1 }),
    allowance: { permitted: 1, reprobeAfter: 3, decides: { successes: 2, failures: 1 } },
  },
  {
    name: 'probes counted',
    openFor: growing,
    longestWait: 8,
    recover: probes({ permitted: 2, successes: 3, failures: 2 }),
    allowance: { permitted: 2, reprobeAfter: 3, decides: { successes: 3, failures: 2 } },
  },
  {
    name: 'probes counted, no wait at all',
    openFor: fixed(0),
    longestWait: 0,
    recover: probes({ permitted: 2, reprobeAfter: 1 }),
    allowance: { permitted: 2, reprobeAfter: 1, decides: { successes: 2, failures: 1 } },
  },
  {
    name: 'probes sampled',
    openFor: growing,
    longestWait: 8,
    recover: probes({ permitted: 2, sample: 3, judge: half }),
    allowance: { permitted: 2, reprobeAfter: 3, decides: { sample: 3 } },
  },
  {
    name: 'a stay that ends open',
    openFor: exponential(4, { factor: 1, max: 4, jitter: 'full' }),
    longestWait: 4,
    recover: probes({ permitted: 2, successes: 2, maxStay: 5 }),
    maxStay: { after: 5, to: 'open' },
    allowance: { permitted: 2, reprobeAfter: 3, decides: { successes: 2, failures: 1 } },
  },
  {
    name: 'a stay that ends closed',
    openFor: fixed(2),
    longestWait: 2,
    recover: probes({ permitted: 1, sample: 2, judge: half, reprobeAfter: 4, maxStay: 5, afterMaxStay: 'closed' }),
    maxStay: { after: 5, to: 'closed' },
    allowance: { permitted: 1, reprobeAfter: 4, decides: { sample: 2 } },
  },
  {
    name: 'a ramp',
    openFor: growing,
    longestWait: 8,
    recover: ramp([0.5, 1], { stage: 2, judge: half, minimumCalls: 2 }),
    allowance: { shares: [0.5, 1] },
  },
  {
    name: 'a ramp of uneven shares',
    openFor: fixed(3),
    longestWait: 3,
    recover: ramp([0.1, 0.3, 0.7], { stage: 3, judge: half, minimumCalls: 1 }),
    allowance: { shares: [0.1, 0.3, 0.7] },
  },
];

/** The same, shown by name in a counterexample. */
export const plans: readonly PlanUnderTest[] = all.map((plan) => ({ ...plan, [toStringMethod]: () => plan.name }));

/** What the machine receives of it. */
export function machinePlan({ openFor, recover }: PlanUnderTest): Plan {
  return planOf(openFor, recover, PERMIT_TIMEOUT);
}
