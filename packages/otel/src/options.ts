import { type Meter, metrics } from '@opentelemetry/api';
import type { Clock } from '@switchgear/core';
import { requireFunction, requireOneOf, requireOptions, requireWhole } from '@switchgear/core/adapter';
import type { ObservedBalancer } from './meter/endpoints.ts';
import type { ObservedSharing } from './meter/sharing.ts';

/** Options of {@link instrumentBreakers}. */
export interface InstrumentOptions {
  /**
   * The meter that makes the instruments.
   *
   * @default metrics.getMeter('@switchgear/otel') of the provider registered at the time of the call
   */
  readonly meter?: Meter;

  /**
   * The number of breaker names that get series of their own: a whole number, at least 1. Further names share the series
   * named `_OTHER`. If several calls share a meter, the largest number applies.
   *
   * @default 100
   */
  readonly maxNames?: number;

  /**
   * The number of kinds of failure, and of rules as reasons, that are told apart over all breakers: a whole number, at least
   * 1. Further ones are `_OTHER`. If several calls share a meter, the largest number applies.
   *
   * @default 20
   */
  readonly maxKinds?: number;

  /**
   * Whether to count each settled call and its duration. `false` leaves the call path as it is without instrumentation; states,
   * refusals, moves, open time and ratios are still reported.
   *
   * @default true
   */
  readonly calls?: boolean;

  /**
   * Whether to keep the histogram of durations, which causes most of the cost of a call.
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
   * The clock that open time is measured with: monotonic milliseconds.
   *
   * @default performance.now
   */
  readonly clock?: Clock;

  /**
   * What `share` of `@switchgear/sharing` returned for these breakers, to measure too what they know of each other.
   *
   * @default undefined
   */
  readonly sharing?: ObservedSharing;

  /**
   * What `createBalancer` of `@switchgear/balancer` returned, to measure too how its endpoints stand. Give it as `breakers` as well, so
   * that their breakers are measured.
   *
   * @default undefined
   */
  readonly balancer?: ObservedBalancer;
}

/** One object for all calls, because open time is added up per clock. */
const CLOCK: Clock = { now: () => performance.now() };

const NAMES: readonly (keyof InstrumentOptions)[] = [
  'meter',
  'maxNames',
  'maxKinds',
  'calls',
  'durations',
  'spans',
  'clock',
  'sharing',
  'balancer',
];

/** Options with their defaults. */
export type ResolvedOptions = Required<Omit<InstrumentOptions, 'sharing' | 'balancer'>> &
  Pick<InstrumentOptions, 'sharing' | 'balancer'>;

/**
 * The only place where defaults are defined and options checked.
 *
 * @throws {TypeError | RangeError} naming the option and its value
 */
export function resolveOptions(options: InstrumentOptions): ResolvedOptions {
  const given = requireOptions('instrumentBreakers', options, NAMES);
  const resolved: ResolvedOptions = {
    meter: given.meter ?? metrics.getMeter('@switchgear/otel'),
    maxNames: 100,
    maxKinds: 20,
    calls: true,
    durations: true,
    spans: true,
    clock: CLOCK,
    ...given,
  };
  const { meter, clock, sharing, balancer } = resolved;
  requireFunction('instrumentBreakers meter', Object(meter).createHistogram, 'a meter', meter);
  requireFunction('instrumentBreakers clock', Object(clock).now, 'a clock', clock);
  if (sharing !== undefined) {
    requireFunction('instrumentBreakers sharing', Object(sharing).report, 'what share returned', sharing);
  }
  if (balancer !== undefined) {
    requireFunction('instrumentBreakers balancer', Object(balancer).rows, 'what createBalancer returned', balancer);
  }
  for (const name of ['maxNames', 'maxKinds'] as const) requireWhole(`instrumentBreakers ${name}`, resolved[name]);
  for (const name of ['calls', 'durations', 'spans'] as const) {
    requireOneOf(`instrumentBreakers ${name}`, resolved[name], [true, false]);
  }
  return resolved;
}
