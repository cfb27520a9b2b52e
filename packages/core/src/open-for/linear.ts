import { made } from '../vocabulary/made.ts';
import { requireMillis, requireNumber, requireOptions } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { honour, type OpenFor, RETRY_AFTER_OPTIONS, type RetryAfterOptions, requireRetryAfter } from './open-for.ts';

/** Options of {@link linear}. */
export interface LinearOptions extends RetryAfterOptions {
  /**
   * The longest wait before randomness is added, in milliseconds; at least the first wait.
   *
   * @default 300_000, or the first wait if that is more
   */
  readonly max?: Millis;

  /**
   * Up to this many milliseconds are added at random, also to the longest wait, so that clients that opened together do not
   * probe together; at least 0.
   *
   * @default half of the first wait
   */
  readonly jitter?: Millis;

  /**
   * How long the circuit must have been closed, in milliseconds, before the waits start from the first again; at least 0.
   *
   * @default 0
   */
  readonly forgetAfter?: Millis;
}

/**
 * Makes a wait that grows by its own length each time the service turns out to be still down: once, twice, three times `ms`,
 * and so on up to `max`. So does the ejection time of Envoy's outlier detection.
 *
 * @param ms the first wait in milliseconds, greater than 0
 * @throws {RangeError | TypeError} if the wait or an option is out of range or unknown
 */
export function linear(ms: Millis, options: LinearOptions = {}): OpenFor {
  requireMillis('linear', ms);
  requireOptions('linear', options, ['max', 'jitter', 'forgetAfter', ...RETRY_AFTER_OPTIONS]);
  const { max = Math.max(ms, 300_000), jitter = ms / 2, forgetAfter = 0 } = options;
  requireNumber('linear max', max, ms);
  requireNumber('linear jitter', jitter, 0);
  requireNumber('linear forgetAfter', forgetAfter, 0);
  const { retryAfterMax, retryAfterOfIgnored } = requireRetryAfter('linear', options, Math.max(max + jitter, 60_000));
  const openFor: OpenFor = ({ attempt, luck, retryAfter }) =>
    honour(retryAfter, Math.min(ms * (attempt + 1), max) + luck * jitter, retryAfterMax);
  Object.assign(openFor, { forgetAfter, retryAfterMax, retryAfterOfIgnored });
  return made(openFor, 'linear', ms, max, jitter, forgetAfter, retryAfterMax, retryAfterOfIgnored);
}
