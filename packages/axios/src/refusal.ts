import { type CircuitOpenError, isCircuitOpen } from '@switchgear/core';
import { read, readText } from '@switchgear/core/adapter';
import axios, {
  type AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosStatic,
  type InternalAxiosRequestConfig,
} from 'axios';

/** What we use of the copy of axios that an instance belongs to. */
export type AxiosCopy = Pick<AxiosStatic, 'AxiosError' | 'CanceledError' | 'getAdapter' | 'getUri' | 'defaults'>;

/** There may be two copies of axios, one for `import` and one for `require`; `axios` itself knows its own. */
export function copyOf(instance: AxiosInstance): AxiosCopy {
  return 'AxiosError' in instance ? (instance as AxiosStatic) : axios;
}

/**
 * The breaker's refusal in the form axios users handle: an `AxiosError` with the request's `config`, the code
 * `EOPENBREAKER` and no `response`, because nothing was sent. The breaker's own error is its `cause`.
 *
 * @param Host the `AxiosError` of the copy of axios that the instance belongs to
 */
export function refusal(
  Host: typeof AxiosError,
  open: CircuitOpenError,
  config: InternalAxiosRequestConfig,
): AxiosError {
  const error = new Host(open.message, open.code, config);
  // Not enumerable, as in native errors, so that loggers which walk own properties see one error, not two.
  return Object.defineProperty(error, 'cause', { value: open, writable: true, enumerable: false, configurable: true });
}

/**
 * For the condition of a retry: false when a breaker refused the call. Repeating a refused call brings another refusal, or
 * an unplanned probe.
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

/**
 * What axios rejects a request with if its `signal` or `cancelToken` fired before it was sent; nothing if neither has. axios
 * checks before it transforms the request, and an adapter on top of ours may wait.
 *
 * @param Cancelled the `CanceledError` of the copy of axios that the instance belongs to
 */
export function rejectionOfFired(
  config: AxiosRequestConfig,
  Cancelled: new (message: undefined, config: AxiosRequestConfig) => unknown,
): { readonly error: unknown } | undefined {
  const cancelled = read(config.cancelToken, 'reason');
  if (cancelled) return { error: cancelled };
  return read(config.signal, 'aborted') ? { error: new Cancelled(undefined, config) } : undefined;
}

/** The fields of the errors that axios and its clients make of a network error. */
const FIELDS_OF_NETWORK = ['isAxiosError', 'code', 'request', 'response'];

/**
 * Whether a request ended before anything was sent: parameters that cannot be serialised, invalid credentials. axios' own
 * adapters reject with such an error as it was thrown, and wrap every error from the network. Under any other adapter the
 * address is built once more, to see whether that throws.
 */
export function neverSent(
  error: unknown,
  config: InternalAxiosRequestConfig,
  copy: AxiosCopy,
  isOwnAdapter: () => boolean,
): boolean {
  const isFromNetwork = FIELDS_OF_NETWORK.some((field) => read(error, field) !== undefined);
  return !isFromNetwork && (isOwnAdapter() || isThrownByAddress(error, config, copy));
}

function isThrownByAddress(error: unknown, config: InternalAxiosRequestConfig, copy: AxiosCopy): boolean {
  if (!config.params && !config.paramsSerializer) return false;
  try {
    copy.getUri(config);
    return false;
  } catch (thrown) {
    // The http adapter makes a new error of it, with the same message.
    return thrown === error || readText(thrown, 'message') === readText(error, 'message');
  }
}
