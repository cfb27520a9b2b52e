import type { CircuitOpenError } from '@switchgear/core';
import type { AxiosError, InternalAxiosRequestConfig } from 'axios';

/**
 * The breaker's refusal in the form axios users handle: an `AxiosError` with the request's `config`, the code
 * `EOPENBREAKER` and no `response`, since nobody answered. The breaker's own error is its `cause`.
 *
 * @param Host the `AxiosError` of the copy of axios that the instance belongs to
 */
export function refusal(
  Host: typeof AxiosError,
  open: CircuitOpenError,
  config: InternalAxiosRequestConfig,
): AxiosError {
  const error = new Host(open.message, open.code, config);
  // As native errors have it: not enumerable, so that loggers which walk own properties see one error, not two.
  return Object.defineProperty(error, 'cause', { value: open, writable: true, enumerable: false, configurable: true });
}
