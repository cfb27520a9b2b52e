import { type Breaker, type BreakerOptions, createBreaker, protectAxios } from '@switchgear/axios';
import {
  anyOf,
  consecutiveFailures,
  exponential,
  failureRate,
  probes,
  slowCallRate,
  timeWindow,
} from '@switchgear/core';
import { protectPool } from '@switchgear/pg';
import type { Pool } from 'pg';
import type { Clients } from './clients.ts';

/**
 * Protects each dependency of the order service with a breaker. This is the only difference between the two sides of the demo. The
 * README gives the reason for each number.
 */
export function protect(clients: Clients, pool: Pool): readonly Breaker[] {
  const database = createBreaker({ ...DATABASE, name: 'database' });
  protectPool(pool, { breaker: database, role: 'primary' });
  const services = SERVICES.map(([name, settings]) => {
    const breaker = createBreaker({ ...settings, name });
    protectAxios(clients[name], { breaker });
    return breaker;
  });
  return [...services, database];
}

type Settings = Omit<BreakerOptions, 'name'>;

/** One probe at a time. A probe takes at most a quarter of `permitTimeout`. */
const CAREFUL: Settings = { recover: probes({ permitted: 1, successes: 2 }), permitTimeout: 10_000 };

/** Duration from which a charge is slow, in milliseconds: ten times the usual. */
export const SLOW_CHARGE = 500;

/** Opens when three in ten charges of the last ten seconds failed, or were slow. */
const PROVIDER: Settings = {
  ...CAREFUL,
  openWhen: anyOf(
    failureRate(0.3, { minimumCalls: 20 }),
    slowCallRate(0.3, { minimumCalls: 20, slowerThan: SLOW_CHARGE }),
  ),
  window: timeWindow(10_000),
  openFor: exponential(1_000, { max: 3_000 }),
};

/** Opens after five failures in a row. */
const NEIGHBOUR: Settings = {
  ...CAREFUL,
  openWhen: consecutiveFailures(5),
  openFor: exponential(1_000, { max: 5_000 }),
};

/** Opens after five failures in a row, and probes again soon. */
const DATABASE: Settings = {
  ...CAREFUL,
  openWhen: consecutiveFailures(5),
  openFor: exponential(500, { max: 2_000 }),
};

const SERVICES: readonly (readonly [name: keyof Clients, settings: Settings])[] = [
  ['payments', PROVIDER],
  ['alternative', PROVIDER],
  ['products', NEIGHBOUR],
  ['customers', NEIGHBOUR],
  ['shipping', NEIGHBOUR],
];
