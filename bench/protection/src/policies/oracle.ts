import type { Guard, Policy, World } from './policy.ts';

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
      const { down, frozen, load } = secrets.conditions();
      const { servers, inside } = service;
      const some = Math.max(3, 2 * Math.sqrt(servers));
      // Too many come, or too many still wait from when too many came.
      const overloaded = scenario.rate * load > service.capacity * 950 || inside > servers + 4 * some;
      if (down || frozen || (overloaded && inside >= servers + some)) caller.refuse();
      else caller.proceed();
    },
    settle() {},
  };
}
