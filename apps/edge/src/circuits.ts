import {
  anyOf,
  type Breaker,
  coloOf,
  consecutiveFailures,
  createRegistry,
  exponential,
  failureRate,
  type Registry,
} from '@switchgear/hono';
import type { Context } from 'hono';

/**
 * A breaker for each service and for each data centre that asks it, for a service may be out of reach from one of them alone.
 * Made at module scope: it lives as long as the isolate or the process and is shared by all requests of it. Breakers hold no
 * timer and no promise, so a Worker may keep them.
 */
const registry = createRegistry({
  options: (name) => ({
    name,
    // An isolate sees few calls: five failures in a row, or half of twenty.
    openWhen: anyOf(consecutiveFailures(5), failureRate(0.5, { minimumCalls: 20 })),
    // A stale answer costs little, so we need not hurry back; nor need we stay away long.
    openFor: exponential(3_000, { max: 15_000 }),
  }),
});

/** Before a service, as it is seen from where this request came in: `prices@FRA`. Off Cloudflare there is no such place: `prices`. */
export function breakerBefore(service: 'prices' | 'reviews', c: Context): Breaker {
  const colo = coloOf(c);
  return registry.get(colo === 'none' ? service : `${service}@${colo}`);
}

/** The service that a circuit stands before, wherever it is asked from. */
export function serviceOf(name: string): string {
  return name.replace(/@.*/, '');
}

/** All of them, for the status page and the dashboard. */
export const circuits: Registry = registry;
