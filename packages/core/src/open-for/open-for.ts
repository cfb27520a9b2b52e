import type { Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import { requireMillis, requireNumber, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** What is known when a circuit opens. */
export interface Opening {
  /** When it opens. */
  readonly at: Instant;

  /** How many times it has gone half-open in vain since it was last closed: 0 on the first opening. */
  readonly attempt: number;

  /** A number drawn for this opening, from 0 up to but not including 1. */
  readonly luck: number;

  /** Why it opens. */
  readonly because: Because;

  /** Milliseconds a server has lately asked us to stay away for. */
  readonly retryAfter?: Millis;

  /** What is known of the dependency and its callers, if it asked for vitals. */
  readonly vitals?: Vitals | undefined;
}

/**
 * How many milliseconds a circuit stays open before it asks again. Pure: chance comes in as `luck`.
 * An answer that is not a number of at least 0 is reported, and the circuit stays where it is.
 */
export interface OpenFor {
  (opening: Opening): Millis;

  /**
   * A circuit that was closed for less than this many milliseconds has not recovered: its next opening counts on from
   * the last instead of from 0.
   *
   * @default 0
   */
  readonly forgetAfter?: Millis;

  /** The vitals it reads, if any. The breaker then keeps them. */
  readonly vitals?: VitalsRecipe | undefined;

  /**
   * A server's Retry-After is remembered as at most this many milliseconds.
   *
   * @default 3_600_000
   */
  readonly retryAfterMax?: Millis;

  /**
   * Whether the Retry-After of a call that was ignored, such as a 429, is remembered too.
   *
   * @default false
   */
  readonly retryAfterOfIgnored?: boolean;
}

/** Options of the ready-made ones. */
export interface RetryAfterOptions {
  /**
   * A server's Retry-After lengthens an opening, up to this many milliseconds: a mistaken header must not take a service
   * away for a day. Greater than 0.
   *
   * @default 60_000, or the longest wait of `exponential` if that is more
   */
  readonly retryAfterMax?: Millis;

  /**
   * Whether the Retry-After of a call that was ignored counts too. A 429 is about the caller's own rate and is ignored: by
   * default its Retry-After keeps no other caller away.
   *
   * @default false
   */
  readonly retryAfterOfIgnored?: boolean;
}

/** The names of {@link RetryAfterOptions}. */
export const RETRY_AFTER_OPTIONS: readonly string[] = ['retryAfterMax', 'retryAfterOfIgnored'];

/**
 * Checks these options, and hands them on as the fields of an `OpenFor`.
 *
 * @throws {RangeError | TypeError} for an option out of range
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

/** The wait, or what the server asked for if that is longer, within the cap. */
export function honour(retryAfter: Millis | undefined, wait: Millis, cap: Millis): Millis {
  return Math.max(wait, Math.min(retryAfter ?? 0, cap));
}

/**
 * Stays open for the same time on every opening. Many clients that opened together come back together:
 * prefer {@link exponential} where there are many.
 *
 * @param ms milliseconds, at least 0
 * @throws {RangeError | TypeError} for anything else
 */
export function fixed(ms: Millis, options: RetryAfterOptions = {}): OpenFor {
  requireNumber('fixed', ms, 0);
  requireOptions('fixed', options, RETRY_AFTER_OPTIONS);
  const heed = requireRetryAfter('fixed', options);
  const openFor: OpenFor = ({ retryAfter }) => honour(retryAfter, ms, heed.retryAfterMax);
  return made(Object.assign(openFor, heed), 'fixed', ms, heed.retryAfterMax, heed.retryAfterOfIgnored);
}
