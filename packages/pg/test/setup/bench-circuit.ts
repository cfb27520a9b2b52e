import { type BreakerOptions, consecutiveFailures } from '@switchgear/core';
import { OPEN_FOR, type WatchedBreaker, watchBreaker } from '@switchgear/testkit';

export { OPEN_FOR };

/** How long a probe may keep its place, on the circuit's own clock. */
export const PERMIT_TIMEOUT = 30_000;

/** A breaker whose clock a test moves, and everything that can be observed of it. */
export interface BenchCircuit extends WatchedBreaker {
  readonly errors: readonly unknown[];
}

/** A circuit that opens after two failures in a row and closes after one success. */
export function benchCircuit(options: Partial<BreakerOptions> = {}): BenchCircuit {
  const errors: unknown[] = [];
  const watched = watchBreaker({
    name: 'database',
    openWhen: consecutiveFailures(2),
    permitTimeout: PERMIT_TIMEOUT,
    onError: (error) => errors.push(error),
    ...options,
  });
  return { ...watched, errors };
}
