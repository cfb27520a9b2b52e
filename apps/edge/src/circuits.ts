import { anyOf, type Breaker, consecutiveFailures, createBreaker, exponential, failureRate } from '@switchgear/hono';

/**
 * One breaker for each service, made at module scope: it lives as long as the isolate or the process and is shared by all
 * requests of it. It holds no timer and no promise, so a Worker may keep it.
 */
function breakerBefore(name: string): Breaker {
  return createBreaker({
    name,
    // An isolate sees few calls: five failures in a row, or half of twenty.
    openWhen: anyOf(consecutiveFailures(5), failureRate(0.5, { minimumCalls: 20 })),
    // A stale answer costs little, so we need not hurry back; nor need we stay away long.
    openFor: exponential(1_000, { max: 15_000 }),
  });
}

/** Before the prices. */
export const pricesBreaker: Breaker = breakerBefore('prices');

/** Before the reviews. */
export const reviewsBreaker: Breaker = breakerBefore('reviews');

/** All of them, for the status page. */
export const circuits: readonly Breaker[] = [pricesBreaker, reviewsBreaker];
