import { Reference, type ReferencePermit } from '../reference/reference.ts';
import type { Guard, Policy, World } from './policy.ts';

/** Every call goes ahead. */
export const none: Policy = {
  name: 'none',
  kind: 'bound',
  about: 'no breaker',
  hasWindow: false,
  start: () => ({ ask: (caller) => caller.proceed(), settle: () => {} }),
};

/**
 * Share of its capacity from which on a service is overloaded, milliseconds of work that are too much to wait for, and
 * how unsure it may be that others follow.
 */
const FULL = 0.95;
const BACKLOG = 500;
const LEAST_SURE = 1 / 3;

/**
 * Knows what is wrong at each moment and how much the service has to do, but neither the future nor the dice: it cannot
 * tell which call will fail, or which needs the shard that is down.
 */
export const oracle: Policy = {
  name: 'oracle',
  kind: 'bound',
  about: 'knows the faults and the queue of the service',
  hasWindow: false,
  start: (world) => guardOf(world),
};

function guardOf({ secrets }: World): Guard {
  const { scenario, service } = secrets;
  return {
    ask(caller) {
      const { down, frozen, load, errors, lost } = secrets.conditions();
      const { servers, inside, capacity } = service;
      const work = scenario.rate * load * (1 - errors) * (1 - lost);
      // More comes than can be done, or still waits from when it did.
      const overloaded = work > FULL * 1_000 * capacity || inside > capacity * Math.min(BACKLOG, scenario.timeout / 2);
      // Some have to wait, or a server would run out of work: the more, the less surely others follow.
      const sure = Math.min(1, Math.max(LEAST_SURE, Math.log2(work / (1_000 * capacity))));
      const some = Math.max(3, 2 * Math.sqrt(servers)) / sure;
      if (down || frozen || (overloaded && inside >= servers + some)) caller.refuse();
      else caller.proceed();
    },
    settle() {},
  };
}

/** The algorithm of the trial, transcribed: goal 10 asks how far the library is from it on the same chances. */
export const reference: Policy = {
  name: 'reference',
  kind: 'bound',
  about: 'the algorithm that adaptive mode was designed after, transcribed',
  hasWindow: false,
  start({ random }) {
    const circuit = new Reference(random);
    return {
      ask(caller, at) {
        const permit = circuit.ask(at);
        if (permit) caller.proceed(permit);
        else caller.refuse();
      },
      settle: (permit, succeeded, at, took) => circuit.settle(permit as ReferencePermit, succeeded, at, took),
    };
  },
};
