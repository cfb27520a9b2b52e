import type { Breaker } from '@switchgear/core';

/** How the dependency behind a breaker does. */
export interface Health {
  /** Share of calls that fail, and of those that are slow. */
  readonly failing?: number;
  readonly slow?: number;
}

/** Offers some calls to a breaker, whose dependency does as it is told. */
export function offer(
  breaker: Breaker,
  calls: number,
  { failing = 0.01, slow = 0.02 }: Health,
  chance: () => number,
): void {
  for (let i = 0; i < calls; i++) {
    const permit = breaker.tryAcquire();
    if (!permit) continue;
    const failed = chance() < failing;
    const isSlow = chance() < slow;
    const duration = isSlow ? 1_000 + chance() * 1_500 : failed ? 300 + chance() * 200 : 20 + chance() ** 3 * 180;
    permit.settle(failed ? { outcome: 'failure', kind: '503' } : 'success', duration);
  }
}
