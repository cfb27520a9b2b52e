import {
  anyOf,
  type Breaker,
  consecutiveFailures,
  createBreaker,
  exponential,
  failureRate,
  probes,
  protectAxios,
  slowCallRate,
  timeWindow,
} from '@switchgear/axios';
import { protectPool } from '@switchgear/pg';
import type { AxiosInstance } from 'axios';
import type { Pool } from 'pg';

/** The shop's two circuits. The README says why each number is what it is. */
export interface Protection {
  readonly payments: Breaker;
  readonly database: Breaker;
}

/** Puts a breaker in front of each thing the shop depends on. This is all that tells one side of the demo from the other. */
export function protect(payments: AxiosInstance, pool: Pool): Protection {
  const protection = { payments: createPaymentsBreaker(), database: createDatabaseBreaker() };
  protectAxios(payments, { breaker: protection.payments });
  protectPool(pool, { breaker: protection.database, role: 'primary' });
  return protection;
}

/** Opens when three in ten charges of the last ten seconds failed, or took longer than half a second. */
function createPaymentsBreaker(): Breaker {
  return createBreaker({
    name: 'payments',
    openWhen: anyOf(failureRate(0.3, { minimumCalls: 20 }), slowCallRate(0.3, { minimumCalls: 20, slowerThan: 500 })),
    window: timeWindow(10_000),
    openFor: exponential(1_000, { max: 3_000 }),
    recover: probes({ permitted: 1, successes: 2 }),
    permitTimeout: 10_000,
  });
}

/** Opens after five failures in a row. */
function createDatabaseBreaker(): Breaker {
  return createBreaker({
    name: 'database',
    openWhen: consecutiveFailures(5),
    openFor: exponential(500, { max: 2_000 }),
    recover: probes({ permitted: 1, successes: 2 }),
    permitTimeout: 10_000,
  });
}
