import { type Meter, metrics } from '@opentelemetry/api';
import type { Clock } from '@switchgear/core';

/** Options of {@link instrumentBreakers}. */
export interface InstrumentOptions {
  /**
   * What makes the instruments.
   *
   * @default metrics.getMeter('@switchgear/otel') of the provider that is registered by then
   */
  readonly meter?: Meter;

  /**
   * How many breaker names get series of their own: a whole number of at least 1. The first so many do; all others share
   * those named `_OTHER`.
   *
   * @default 100
   */
  readonly maxNames?: number;

  /**
   * How many kinds of failure, and how many rules as reasons, are told apart over all breakers: a whole number of at
   * least 1. The first so many are; the others are `_OTHER`.
   *
   * @default 20
   */
  readonly maxKinds?: number;

  /**
   * Whether to count each settled call and how long it took. `false` leaves the call path as it was without us; states,
   * refusals, moves, open time and ratios are all still there.
   *
   * @default true
   */
  readonly calls?: boolean;

  /**
   * Whether to keep the histogram of durations, which is most of what a call costs.
   *
   * @default true
   */
  readonly durations?: boolean;

  /**
   * Whether to mark refusals and moves on the span that is active when they happen.
   *
   * @default true
   */
  readonly spans?: boolean;

  /**
   * What open time is measured with.
   *
   * @default performance.now
   */
  readonly clock?: Clock;
}

/** What each option must be, and how one sees it. */
const CHECKS: Readonly<Record<keyof InstrumentOptions, readonly [rule: string, holds: (value: unknown) => boolean]>> = {
  meter: ['a meter', (value) => has(value, 'createHistogram')],
  maxNames: ['a whole number of at least 1', isCount],
  maxKinds: ['a whole number of at least 1', isCount],
  calls: ['true or false', isFlag],
  durations: ['true or false', isFlag],
  spans: ['true or false', isFlag],
  clock: ['a clock', (value) => has(value, 'now')],
};

/**
 * The one place where defaults are written and options are checked.
 *
 * @throws {TypeError | RangeError} naming the option and its value
 */
export function resolveOptions(options: InstrumentOptions): Required<InstrumentOptions> {
  const given: Partial<InstrumentOptions> = {};
  for (const [name, value] of Object.entries(options)) {
    const check = CHECKS[name as keyof InstrumentOptions];
    if (!check)
      throw new TypeError(`instrumentBreakers has no option '${name}'; it takes ${Object.keys(CHECKS).join(', ')}`);
    if (value === undefined) continue;
    const [rule, holds] = check;
    if (!holds(value)) {
      const Refusal = typeof value === 'number' ? RangeError : TypeError;
      throw new Refusal(`instrumentBreakers ${name} must be ${rule}, got ${String(value)}`);
    }
    Object.assign(given, { [name]: value });
  }
  return {
    meter: given.meter ?? metrics.getMeter('@switchgear/otel'),
    maxNames: 100,
    maxKinds: 20,
    calls: true,
    durations: true,
    spans: true,
    clock: { now: () => performance.now() },
    ...given,
  };
}

function has(value: unknown, method: string): boolean {
  return typeof (Object(value) as Record<string, unknown>)[method] === 'function';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}
