import type { Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import { requireMillis, requireNumber, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** What an `openFor` receives when a circuit opens. */
export interface Opening {
  /** When the circuit opens. */
  readonly at: Instant;

  /** The number of openings in a row before this one: 0 on the first. */
  readonly attempt: number;

  /** A random number for this opening, at least 0 and less than 1. */
  readonly luck: number;

  /** Why the circuit opens. */
  readonly because: Because;

  /** What is left of a server's Retry-After, in milliseconds. */
  readonly retryAfter?: Millis;

  /** What the breaker has learnt about the dependency and its callers, if a plug asks for vitals. */
  readonly vitals?: Vitals | undefined;
}

/**
 * Returns for how many milliseconds a circuit stays open. Pure: randomness is passed in as `luck`. If it throws or returns
 * anything but a number of at least 0, that is reported and the circuit stays open for 5 s.
 */
export interface OpenFor {
  (opening: Opening): Millis;

  /**
   * A circuit that was closed for less than this many milliseconds has not recovered: its openings are counted on instead
   * of from 0.
   *
   * @default 0
   */
  readonly forgetAfter?: Millis;

  /** The vitals it reads, if any. The breaker then keeps them and passes them in. */
  readonly vitals?: VitalsRecipe | undefined;

  /**
   * The longest Retry-After that the breaker remembers, in milliseconds; a longer one counts as this.
   *
   * @default 3_600_000
   */
  readonly retryAfterMax?: Millis;

  /**
   * Whether the Retry-After of an ignored call, such as a 429, is remembered too.
   *
   * @default false
   */
  readonly retryAfterOfIgnored?: boolean;
}

/** Options that every `openFor` of this library has. */
export interface RetryAfterOptions {
  /**
   * The most that a server's Retry-After can lengthen an open period to, in milliseconds; greater than 0. A limit, because
   * a mistaken header must not keep the circuit open for a day.
   *
   * @default 60_000, or the longest wait of `exponential` if that is more
   */
  readonly retryAfterMax?: Millis;

  /**
   * Whether the Retry-After of an ignored call counts too. A 429 is ignored because it is about the caller's own rate, so by
   * default its Retry-After has no effect on other callers.
   *
   * @default false
   */
  readonly retryAfterOfIgnored?: boolean;
}

/** The names of {@link RetryAfterOptions}. */
export const RETRY_AFTER_OPTIONS: readonly string[] = ['retryAfterMax', 'retryAfterOfIgnored'];

/**
 * Checks these options and returns them as the fields of an `OpenFor`.
 *
 * @throws {RangeError | TypeError} if an option is out of range
 */
export function requireRetryAfter(
  of: string,
  options: RetryAfterOptions,
  byDefault: Millis = 60_000,
): Required<RetryAfterOptions> {
  const { retryAfterMax = byDefault, retryAfterOfIgnored = false } = options;
  requireMillis(`${of} retryAfterMax`, retryAfterMax);
  requireOneOf(`${of} retryAfterOfIgnored`, retryAfterOfIgnored, [true, false]);
  return { retryAfterMax, retryAfterOfIgnored };
}

/** The wait, or the server's Retry-After, up to the cap, if that is longer. */
export function honour(retryAfter: Millis | undefined, wait: Millis, cap: Millis): Millis {
  return Math.max(wait, Math.min(retryAfter ?? 0, cap));
}

/**
 * Makes a wait of the same length for every opening. Clients that opened together also probe together, so prefer
 * {@link exponential} if there are many.
 *
 * @param ms the wait in milliseconds, at least 0
 * @throws {RangeError | TypeError} if the wait or an option is out of range or unknown
 */
export function fixed(ms: Millis, options: RetryAfterOptions = {}): OpenFor {
  requireNumber('fixed', ms, 0);
  requireOptions('fixed', options, RETRY_AFTER_OPTIONS);
  const heed = requireRetryAfter('fixed', options);
  const openFor: OpenFor = ({ retryAfter }) => honour(retryAfter, ms, heed.retryAfterMax);
  return made(Object.assign(openFor, heed), 'fixed', ms, heed.retryAfterMax, heed.retryAfterOfIgnored);
}
