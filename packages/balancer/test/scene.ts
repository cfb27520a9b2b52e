import { type Balancer, type BalancerOptions, createBalancer, type Endpoint, roundRobin } from '@switchgear/balancer';
import { type Clock, consecutiveFailures, fixed } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';

/** The same numbers each time, evenly spread (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Leaves that open after three failures in a row, for a second. */
export const quick = { openWhen: consecutiveFailures(3), openFor: fixed(1_000) };

export interface Scene {
  readonly clock: Clock & { advance(ms: number): void };
  readonly balancer: Balancer;

  /** Makes requests, 10 ms apart, and returns how many attempts each endpoint got. */
  calls(count: number, ends?: (id: string) => boolean, took?: (id: string) => number): Record<string, number>;
}

/** A balancer in turn of endpoints with these ids, or these endpoints, in time that stands still. */
export function scene(
  endpoints: readonly (string | Endpoint)[],
  options: Partial<BalancerOptions> = {},
  seed: number = 1,
): Scene {
  const clock = manualClock(1_000);
  const balancer = createBalancer({
    name: 'search',
    endpoints: endpoints.map((each) => (typeof each === 'string' ? { id: each } : each)),
    pick: roundRobin(),
    leaf: quick,
    clock,
    random: seeded(seed),
    ...options,
  });
  return {
    clock,
    balancer,
    calls(count, ends = () => true, took = () => 1) {
      const counts: Record<string, number> = {};
      for (let call = 0; call < count; call++) {
        clock.advance(10);
        const { id, permit } = balancer.route();
        counts[id] = (counts[id] ?? 0) + 1;
        permit.settle(ends(id) ? 'success' : 'failure', took(id));
      }
      return counts;
    },
  };
}

export function stateOf(balancer: Balancer, id: string): string | undefined {
  return balancer.rows().find((row) => row.id === id)?.state;
}
