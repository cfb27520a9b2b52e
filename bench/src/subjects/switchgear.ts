import { coarseClock } from '@switchgear/coarse-clock';
import {
  adaptive,
  anyOf,
  type BreakerOptions,
  countWindow,
  createBreaker,
  failureRate,
  fixed,
  slowCallRate,
  timeWindow,
} from '@switchgear/core';
import type { Rule, Subject } from './subject.ts';

type Choice = (rule: Rule) => Partial<BreakerOptions>;

export const byFailures: Choice = ({ share, minimumCalls }) => ({ openWhen: failureRate(share, { minimumCalls }) });
const bySlownessToo: Choice = ({ share, minimumCalls, slowerThan }) => ({
  openWhen: anyOf(failureRate(share, { minimumCalls }), slowCallRate(share, { minimumCalls, slowerThan })),
});
const coarsely: Choice = () => ({ clock: coarseClock() });
const learning: Choice = () => adaptive();
const inCalls: Choice = ({ size }) => ({ window: countWindow(size) });

/** What a breaker of ours is made of that has chosen this. */
export function optionsOf(rule: Rule, ...choices: readonly Choice[]): BreakerOptions {
  const chosen = choices.map((choice) => choice(rule));
  return Object.assign({ name: 'bench', window: timeWindow(rule.window), openFor: fixed(rule.openFor) }, ...chosen);
}

function ours(name: string, judges: string, ...choices: readonly Choice[]): Subject {
  return {
    name: `switchgear, ${name}`,
    kind: 'ours',
    judges,
    make(rule) {
      const breaker = createBreaker(optionsOf(rule, ...choices));
      return { call: (action) => breaker.run(action) };
    },
  };
}

export const exact: Subject = ours('exact clock', 'failures and slow calls, 10 s', bySlownessToo);
export const exactFailures: Subject = ours('exact clock, failures only', 'failures, 10 s', byFailures);
export const coarse: Subject = ours('coarse clock', 'failures and slow calls, 10 s', bySlownessToo, coarsely);
export const counted: Subject = ours('count window', 'failures, 100 calls', byFailures, inCalls);
export const adapting: Subject = ours('adaptive, exact clock', 'all it learns', learning);
export const adaptingCoarsely: Subject = ours('adaptive, coarse clock', 'all it learns', learning, coarsely);
