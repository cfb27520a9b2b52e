import {
  type BreakerOptions,
  createBreaker,
  database,
  externalApi,
  failureRate,
  microservice,
  type Permit,
  payments,
  realtime,
} from '@switchgear/core';
import type { Policy } from './policy.ts';

/** What makes a breaker: this core's function, or that of another build. */
type Create = typeof createBreaker;

/** Our breaker through its public interface, with the clock and the random numbers of the simulation. */
export function switchgear(
  name: string,
  about: string,
  options: Omit<BreakerOptions, 'name'>,
  create: Create = createBreaker,
): Policy {
  return {
    name,
    kind: 'ours',
    about,
    hasWindow: name !== 'default',
    start({ now, random, limited }) {
      const breaker = create({ name, ...options, clock: { now }, random });
      if (limited) {
        breaker.subscribe(({ from, to }) => {
          if (from === 'closed' && to === 'half-open') limited();
        });
      }
      return {
        ask(caller) {
          const permit = breaker.tryAcquire();
          if (permit) caller.proceed(permit);
          else caller.refuse();
        },
        settle: (permit, succeeded) => (permit as Permit).settle(succeeded ? 'success' : 'failure'),
      };
    },
  };
}

/** The policy that the goals are about: what a user gets who writes no options. */
export const byDefault: Policy = switchgear('default', 'createBreaker without options: adaptive mode', {});

/** Numbers instead of adaptive mode. */
export const classic: Policy = switchgear(
  'classic',
  'openWhen: failureRate(0.5, { minimumCalls: 20 }), with the defaults that go with a rule',
  { openWhen: failureRate(0.5, { minimumCalls: 20 }) },
);

export const presets: readonly Policy[] = [
  switchgear('microservice', 'the preset', microservice),
  switchgear('database', 'the preset', database),
  switchgear('externalApi', 'the preset', externalApi),
  switchgear('payments', 'the preset', payments),
  switchgear('realtime', 'the preset', realtime),
];
