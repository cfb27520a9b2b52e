import type { Millis } from '@switchgear/core';

/** How often fallbacks were asked: since when does not matter, the rise counts. */
export interface FallbackCount {
  /** Calls that failed or were refused, and for which a fallback had an answer. */
  readonly served: number;

  /** Those for which it had none; leave it out if nobody counts them. */
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
   * What stands in for a breaker's calls and how often it could, by the name of the breaker. Read when somebody looks.
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
}

/** What was said, and the defaults of what was not. */
export type ResolvedOptions = { readonly [Name in keyof ObserveOptions]-?: NonNullable<ObserveOptions[Name]> };

/** @throws {RangeError} for a length of time that is none */
export function resolveObserveOptions(options: ObserveOptions): ResolvedOptions {
  const { keep = 900_000, outcomes = true, slowerThan = 1_000, fallbacks = {}, wall = Date.now } = options;
  for (const [name, value] of Object.entries({ keep, slowerThan })) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new RangeError(`${name} must be a number of milliseconds greater than 0, got ${value}`);
    }
  }
  return { keep, outcomes, slowerThan, fallbacks, wall };
}
