import { createBalancer } from '@switchgear/balancer';
import { type Breaker, createBreaker, createRegistry } from '@switchgear/core';
import { again, failing, inTurn, type Loop } from '../measure/loops.ts';
import { open, RULE, type Subject } from '../subjects/subject.ts';
import { byFailures, coarse, counted, exact, optionsOf } from '../subjects/switchgear.ts';
import { bare } from '../subjects/yardsticks.ts';
import { fails, succeeds } from '../tables/compare.ts';

/** One success keeps the circuit closed while calls fail, and every failure is judged. */
const PATIENT = { ...RULE, window: 100_000, share: 0.999_999, minimumCalls: 1 };

/** Kinds of call: each makes a loop of such calls. */
export const calls: Readonly<Record<string, () => Loop | Promise<Loop>>> = {
  'a bare call': () => succeeding(bare),
  'a call, exact clock': () => succeeding(exact),
  'a call, coarse clock': () => succeeding(coarse),
  'a call, count window': () => succeeding(counted),
  'a call, defaults': () => {
    const breaker = createBreaker({ name: 'defaults' });
    return inTurn((action) => breaker.run(action), succeeds);
  },
  'a call with a signal': () => {
    const breaker = createBreaker(optionsOf(RULE, byFailures));
    const options = { signal: new AbortController().signal };
    return inTurn((action) => breaker.run(action, options), succeeds);
  },
  'a call that fails': async () => {
    const { call } = exact.make(PATIENT);
    await call(succeeds);
    return failing(call, fails);
  },
  'a call that is refused': async () => {
    const guarded = exact.make(RULE);
    await open(guarded);
    return failing(guarded.call, succeeds);
  },
  'a permit': () => {
    const breaker = createBreaker(optionsOf(RULE, byFailures));
    return again(() => breaker.acquire().settle('success'));
  },
  'a permit, defaults': () => {
    const breaker = createBreaker({ name: 'defaults' });
    return again(() => breaker.acquire().settle('success'));
  },
  'a route': () => {
    const endpoints = Array.from({ length: 10 }, (_, index) => ({ id: `${index}` }));
    const balancer = createBalancer({ name: 'service', endpoints });
    return again(() => balancer.route().permit.settle('success'));
  },
};

function succeeding({ make }: Subject): Loop {
  return inTurn(make(RULE).call, succeeds);
}

/** Kinds of breaker: each makes the breakers of a registry, which share their plugs. */
export const breakers: Readonly<Record<string, () => (i: number) => Breaker>> = {
  'a breaker of a registry': () => inRegistry(optionsOf(RULE, byFailures)),
  'a breaker of a registry, defaults': () => inRegistry({}),
};

/** Breakers that are weighed together. */
export const MANY = 10_000;

function inRegistry(policy: object): (i: number) => Breaker {
  // Keys are the user's and are not weighed. `bytesOf` makes some breakers with negative numbers first.
  const keys = Array.from({ length: 2 * MANY }, (_, i) => `https://host-${i}.example`);
  const registry = createRegistry({ options: (name) => ({ ...policy, name }), max: 2 * MANY });
  return (i) => registry.get(keys.at(i) as string);
}
