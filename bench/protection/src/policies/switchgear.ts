import {
  adaptive as adaptivePlugs,
  type BreakerOptions,
  createBreaker,
  database,
  externalApi,
  microservice,
  type Permit,
  payments,
  realtime,
} from '@switchgear/core';
import type { Policy } from './policy.ts';

/** Our breaker through its public interface, with the clock and the random numbers of the simulation. */
export function switchgear(name: string, about: string, options: Omit<BreakerOptions, 'name'>): Policy {
  return {
    name,
    kind: 'ours',
    about,
    hasWindow: name !== 'adaptive',
    start({ now, random }) {
      const breaker = createBreaker({ name, ...options, clock: { now }, random });
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

/** The policy that the goals are about. */
export const adaptive: Policy = switchgear('adaptive', 'adaptive(), without any number', adaptivePlugs());

/** The defaults, and the presets. */
export const classics: readonly Policy[] = [
  switchgear('default', 'createBreaker without options', {}),
  switchgear('microservice', 'the preset', microservice),
  switchgear('database', 'the preset', database),
  switchgear('externalApi', 'the preset', externalApi),
  switchgear('payments', 'the preset', payments),
  switchgear('realtime', 'the preset', realtime),
];
