import { type Meter, metrics } from '@opentelemetry/api';
import type { Clock } from '@switchgear/core';
import { requireFunction, requireOneOf, requireOptions, requireWhole } from '@switchgear/core/adapter';

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
   * those named `_OTHER`. Where several calls share a meter, the largest number counts.
   *
   * @default 100
   */
  readonly maxNames?: number;

  /**
   * How many kinds of failure, and how many rules as reasons, are told apart over all breakers: a whole number of at
   * least 1. The first so many are; the others are `_OTHER`. Where several calls share a meter, the largest number counts.
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

/** One for all calls: open time is added up by clocks. */
const CLOCK: Clock = { now: () => performance.now() };

const NAMES: readonly (keyof InstrumentOptions)[] = [
  'meter',
  'maxNames',
  'maxKinds',
  'calls',
  'durations',
  'spans',
  'clock',
];

/**
 * The one place where defaults are written and options are checked.
 *
 * @throws {TypeError | RangeError} naming the option and its value
 */
export function resolveOptions(options: InstrumentOptions): Required<InstrumentOptions> {
  const given = requireOptions('instrumentBreakers', options, NAMES);
  const resolved: Required<InstrumentOptions> = {
    meter: given.meter ?? metrics.getMeter('@switchgear/otel'),
    maxNames: 100,
    maxKinds: 20,
    calls: true,
    durations: true,
    spans: true,
    clock: CLOCK,
    ...given,
  };
  const { meter, clock } = resolved;
  requireFunction('instrumentBreakers meter', Object(meter).createHistogram, 'a meter', meter);
  requireFunction('instrumentBreakers clock', Object(clock).now, 'a clock', clock);
  for (const name of ['maxNames', 'maxKinds'] as const) requireWhole(`instrumentBreakers ${name}`, resolved[name]);
  for (const name of ['calls', 'durations', 'spans'] as const) {
    requireOneOf(`instrumentBreakers ${name}`, resolved[name], [true, false]);
  }
  return resolved;
}
