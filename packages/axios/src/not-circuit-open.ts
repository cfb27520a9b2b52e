import { isCircuitOpen } from '@switchgear/core';

/**
 * For the condition of a retry: false when a breaker refused the call. To repeat a call that was refused brings another
 * refusal, or a probe that nobody planned.
 *
 * @example
 * ```ts
 * axiosRetry(client, {
 *   retryCondition: (error) => notCircuitOpen(error) && axiosRetry.isNetworkOrIdempotentRequestError(error),
 * });
 * ```
 */
export function notCircuitOpen(error: unknown): boolean {
  return !isCircuitOpen(error);
}
