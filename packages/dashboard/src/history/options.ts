import type { Millis } from '@switchgear/core';
import {
  ask,
  isObject,
  type Reporter,
  refuse,
  reportTo,
  requireFunction,
  requireMillis,
  requireOptions,
} from '@switchgear/core/adapter';
import { requireBoolean } from '../check/require.ts';

/** How often fallbacks were asked: since when does not matter, the rise counts. */
export interface FallbackCount {
  /** Calls that failed or were refused, and for which a fallback had an answer. */
  readonly served: number;

  /** Those for which it had none; leave it out where they are not counted. */
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
   * Whether to hear of each settled call. It costs each call some nanoseconds; without it there are states, moves, refusals and
   * the rates of each window, but no throughput, no latency and no availability.
   *
   * @default true
   */
  readonly outcomes?: boolean | undefined;

  /**
   * Calls that take this many milliseconds or longer are drawn as slow. It decides nothing: a breaker's own rule may say otherwise.
   *
   * @default 1_000
   */
  readonly slowerThan?: Millis | undefined;

  /**
   * What stands in for a breaker's calls and how often it could, by the name of the breaker. Asked whenever the page, or
   * `impact`, is.
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
   * Told what another of these functions threw, or a promise of it rejected with, and the name of its option. An error
   * changes nothing else: the page is served, the calls go on.
   *
   * @default undefined: what `authorize` and `onAudit` throw goes to the app's own error handler, the rest is dropped
   */
  readonly onError?: ((error: unknown, where: string) => unknown) | undefined;
}

/** The names of all options of {@link observe}. */
export const OBSERVE_OPTIONS: readonly string[] = ['keep', 'outcomes', 'slowerThan', 'fallbacks', 'wall', 'onError'];

/** The options with their defaults, and whatever can go wrong in them taken care of. */
export interface ObserveSetting {
  readonly keep: Millis;
  readonly outcomes: boolean;
  readonly slowerThan: Millis;

  /** A map, because breakers are called what they are called: `constructor` is not a fallback of theirs. */
  readonly fallbacks: ReadonlyMap<string, () => FallbackCount>;
  readonly wall: () => Millis;
  readonly reporter: Reporter;
}

/**
 * The options with their defaults.
 *
 * @param of whose options they are, for the messages
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 */
export function resolveObserveOptions(options: ObserveOptions, of: string): ObserveSetting {
  const given = requireOptions(of, options, OBSERVE_OPTIONS);
  const { keep = 900_000, outcomes = true, slowerThan = 1_000, fallbacks = {}, wall, onError } = given;
  requireMillis('keep', keep);
  requireMillis('slowerThan', slowerThan);
  requireBoolean('outcomes', outcomes);
  if (!isObject(fallbacks)) refuse('fallbacks', 'functions by the names of breakers', fallbacks);
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

/** A clock that throws, or says what is not a time, must not stop the counting. */
function timeOf(wall: () => Millis, reporter: Reporter): Millis {
  const now = ask('wall', reporter, wall);
  return Number.isFinite(now) ? (now as Millis) : Date.now();
}
