import { made } from '../vocabulary/made.ts';
import { requireMillis, requireNumber, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { honour, type OpenFor, RETRY_AFTER_OPTIONS, type RetryAfterOptions, requireRetryAfter } from './open-for.ts';

/** How randomness spreads the wait, so that clients that opened together do not probe together. */
export type Jitter = 'equal' | 'full' | 'decorrelated' | 'none';

/** From half of the wait to all of it: enough to spread many clients, without ever being too short to be a wait. */
export const equal: Spread = (wait, luck) => wait * (0.5 + luck / 2);

const SPREADS: Readonly<Record<Jitter, Spread>> = {
  equal,
  full: (wait, luck) => wait * luck,
  decorrelated: (wait, luck, first) => first + luck * (3 * wait - first),
  none: (wait) => wait,
};

/** Options of {@link exponential}. */
export interface ExponentialOptions extends RetryAfterOptions {
  /**
   * The factor by which each wait in a row is longer than the one before; at least 1.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * The longest wait, in milliseconds; at least the first wait.
   *
   * @default 60_000
   */
  readonly max?: Millis;

  /**
   * How long the circuit must have been closed, in milliseconds, before the waits start from the first again; at least 0. A
   * service that recovers only briefly is then left alone for longer each time.
   *
   * @default 0
   */
  readonly forgetAfter?: Millis;

  /**
   * How randomness spreads the wait:
   *
   * - `equal`: from half of the wait to all of it.
   * - `full`: from 0 to all of the wait.
   * - `decorrelated`: from the first wait to three times the wait of this attempt, at most `max`. After Marc Brooker,
   *   "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
   * - `none`: exactly the wait.
   *
   * @default 'equal'
   */
  readonly jitter?: Jitter;
}

/**
 * Makes a wait that grows each time the service turns out to be still down.
 *
 * @param ms the first wait in milliseconds, greater than 0
 * @throws {RangeError | TypeError} if the wait or an option is out of range or unknown
 */
export function exponential(ms: Millis, options: ExponentialOptions = {}): OpenFor {
  requireMillis('exponential', ms);
  requireOptions('exponential', options, ['factor', 'max', 'jitter', 'forgetAfter', ...RETRY_AFTER_OPTIONS]);
  const { factor = 2, max = 60_000, jitter = 'equal', forgetAfter = 0 } = options;
  requireNumber('exponential factor', factor, 1);
  requireNumber('exponential max', max, ms);
  requireOneOf('exponential jitter', jitter, Object.keys(SPREADS) as Jitter[]);
  requireNumber('exponential forgetAfter', forgetAfter, 0);
  const heed = requireRetryAfter('exponential', options, Math.max(max, 60_000));
  const openFor = growingWait(ms, max, factor, SPREADS[jitter], heed.retryAfterMax);
  const { retryAfterMax, retryAfterOfIgnored } = heed;
  Object.assign(openFor, { forgetAfter, retryAfterOfIgnored });
  return made(openFor, 'exponential', ms, factor, max, jitter, forgetAfter, retryAfterMax, retryAfterOfIgnored);
}

/** Spreads a wait by `luck`, which is at least 0 and less than 1. */
export type Spread = (wait: Millis, luck: number, first: Millis) => Millis;

/**
 * Waits that grow by `factor` up to `max`, and at least as long as a server's Retry-After. `exponential` checks the
 * numbers.
 */
export function growingWait(
  first: Millis,
  max: Millis,
  factor: number,
  spread: Spread,
  retryAfterMax: Millis,
): OpenFor {
  const openFor: OpenFor = ({ attempt, luck, retryAfter }) => {
    const wait = Math.min(first * factor ** attempt, max);
    return honour(retryAfter, Math.min(spread(wait, luck, first), max), retryAfterMax);
  };
  return Object.assign(openFor, { retryAfterMax });
}
