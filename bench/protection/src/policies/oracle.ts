import type { Guard, Policy, World } from './policy.ts';

/** Share of its capacity from which on a service is overloaded, and milliseconds of work that are too much to wait for. */
const FULL = 0.95;
const BACKLOG = 500;

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
      // Some have to wait, or a server would run out of work.
      const some = Math.max(3, 2 * Math.sqrt(servers));
      if (down || frozen || (overloaded && inside >= servers + some)) caller.refuse();
      else caller.proceed();
    },
    settle() {},
  };
}
