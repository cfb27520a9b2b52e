import { type Breaker, CircuitOpenError, type Instant } from '@switchgear/core';

/** The refusal of a call that no endpoint may get: it says how many are ejected, and when the first may be asked again. */
export function refusalOf(
  service: string,
  leaves: readonly { readonly breaker: Breaker }[],
  ejected: number,
  at: Instant,
): CircuitOpenError {
  const wait = Math.max(1, Math.min(...leaves.map(({ breaker }) => breaker.retryAfter)));
  const next = Number.isFinite(wait) ? { nextAttemptAt: at + wait } : {};
  return new CircuitOpenError(service, wait, {
    rule: 'endpoints',
    at,
    evidence: { endpoints: leaves.length, ejected },
    ...next,
  });
}
