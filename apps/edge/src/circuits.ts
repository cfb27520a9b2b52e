import { anyOf, consecutiveFailures, exponential, failureRate } from '@switchgear/core';
import { type Breaker, coloOf, createRegistry, type Registry } from '@switchgear/hono';
import type { Context } from 'hono';

/**
 * A breaker for each service in each data centre, because a service may be unreachable from one of them alone. Created at module
 * scope and shared by all requests of the isolate or process, which Workers allow because breakers hold no timers or promises.
 */
const registry = createRegistry({
  options: (name) => ({
    name,
    // An isolate sees few calls: five failures in a row, or half of twenty.
    openWhen: anyOf(consecutiveFailures(5), failureRate(0.5, { minimumCalls: 20 })),
    // A stale answer costs little, so there is no hurry to probe.
    openFor: exponential(3_000, { max: 15_000 }),
  }),
});

/** The breaker of a service for the data centre of this request: `prices@FRA`, or `prices` outside Cloudflare. */
export function breakerBefore(service: 'prices' | 'reviews', c: Context): Breaker {
  const colo = coloOf(c);
  return registry.get(colo === 'none' ? service : `${service}@${colo}`);
}

/** The service of a circuit, without the data centre. */
export function serviceOf(name: string): string {
  return name.replace(/@.*/, '');
}

/** All of them, for the status page and the dashboard. */
export const circuits: Registry = registry;
