import type { Millis } from '@switchgear/core';
import {
  ask,
  invalid,
  isObject,
  type Reporter,
  reportTo,
  requireFunction,
  requireMillis,
  requireOptions,
} from '@switchgear/core/adapter';
import { requireBoolean } from '../check/require.ts';

/** How often a fallback was used. Totals since any moment: only the increase counts. */
export interface FallbackCount {
  /** Failed or refused calls that the fallback answered. */
  readonly served: number;

  /** Those it could not answer; leave it out if they are not counted. */
  readonly failed?: number | undefined;
}

/** Options of {@link observe}. */
export interface ObserveOptions {
  /**
   * How far back the charts go, in milliseconds; greater than 0. The last two minutes are kept second by second, the rest in
   * steps of ten seconds. Memory is fixed: 64 bytes a step, for each breaker that is used.
   *
   * @default 900_000
   */
  readonly keep?: Millis | undefined;

  /**
   * Whether to record each settled call, which adds some nanoseconds to each. Without it there are states, moves, refusals and the rates
   * of each window, but no throughput, latency or availability.
   *
   * @default true
   */
  readonly outcomes?: boolean | undefined;

  /**
   * Calls that take at least this many milliseconds are shown as slow. It affects only the charts, not the breakers.
   *
   * @default 1_000
   */
  readonly slowerThan?: Millis | undefined;

  /**
   * Functions that return how often the fallback of a breaker was used, by the name of the breaker. Called whenever `impact` is computed.
   *
   * @default {}
   */
  readonly fallbacks?: Readonly<Record<string, () => FallbackCount>> | undefined;

  /**
   * Milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly wall?: (() => Millis) | undefined;

  /**
   * Receives what another of these functions threw or rejected with, and the name of its option. Errors have no other effect: the page
   * is served, and calls go on.
   *
   * @default undefined: errors of `authorize` and `onAudit` go to the app's own error handler, others are dropped
   */
  readonly onError?: ((error: unknown, where: string) => unknown) | undefined;
}

/** The names of all options of {@link observe}. */
export const OBSERVE_OPTIONS: readonly string[] = ['keep', 'outcomes', 'slowerThan', 'fallbacks', 'wall', 'onError'];

/** The options with their defaults. Their functions never throw. */
export interface ObserveSetting {
  readonly keep: Millis;
  readonly outcomes: boolean;
  readonly slowerThan: Millis;

  /** A map, because breakers may have any name: an object would return `constructor` of its prototype. */
  readonly fallbacks: ReadonlyMap<string, () => FallbackCount>;
  readonly wall: () => Millis;
  readonly reporter: Reporter;
}

/**
 * The options with their defaults.
 *
 * @param of the function whose options they are, for error messages
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 */
export function resolveObserveOptions(options: ObserveOptions, of: string): ObserveSetting {
  const given = requireOptions(of, options, OBSERVE_OPTIONS);
  const { keep = 900_000, outcomes = true, slowerThan = 1_000, fallbacks = {}, wall, onError } = given;
  requireMillis('keep', keep);
  requireMillis('slowerThan', slowerThan);
  requireBoolean('outcomes', outcomes);
  if (!isObject(fallbacks)) invalid('fallbacks', 'an object with a function per breaker name', fallbacks);
  for (const [name, fallback] of Object.entries(fallbacks)) requireFunction(`fallbacks['${name}']`, fallback);
  if (wall !== undefined) requireFunction('wall', wall);
  if (onError !== undefined) requireFunction('onError', onError);
  const reporter = reportTo(onError);
  return {
    keep,
    outcomes,
    slowerThan,
    fallbacks: new Map(Object.entries(fallbacks)),
    wall: wall ? () => timeOf(wall, reporter) : Date.now,
    reporter,
  };
}

/** Falls back to Date.now() if the clock throws or returns something other than a time. */
function timeOf(wall: () => Millis, reporter: Reporter): Millis {
  const now = ask('wall', reporter, wall);
  return Number.isFinite(now) ? (now as Millis) : Date.now();
}
