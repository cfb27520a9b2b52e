import type { Breaker, Millis } from '@switchgear/core';
import { requireFunction, requireOneOf, requireOptions, requireWhole } from '@switchgear/core/adapter';
import { BREAKER, requireMethod, requireMillis } from '../options/requirement.ts';
import { type Scheduler, timers } from './scheduler.ts';

/** Options of {@link healthProbe}. */
export interface HealthProbeOptions {
  /** The breaker of the service's real traffic. */
  readonly breaker: Breaker;

  /** Asks the service how it is: it is well if this does not throw or reject. */
  readonly ping: (context: { readonly signal: AbortSignal }) => unknown;

  /**
   * Milliseconds from the end of one ping to the next.
   *
   * @default 30_000
   */
  readonly every?: Millis;

  /**
   * Milliseconds that a ping may take; then its signal aborts and it has failed.
   *
   * @default 5_000
   */
  readonly pingFor?: Millis;

  /**
   * How many pings in a row must fail before the service counts as unhealthy, at least 1.
   *
   * @default 3
   */
  readonly unhealthyAfter?: number;

  /**
   * What an unhealthy service means: `'mark'` says so and leaves the circuit to real traffic; `'trip'` opens it as well.
   *
   * @default 'mark' a health page may be down while the service is well
   */
  readonly whenUnhealthy?: 'mark' | 'trip';

  /**
   * Told when the service becomes unhealthy or healthy. What it throws is reported through the breaker.
   *
   * @default undefined
   */
  readonly onChange?: (healthy: boolean) => void;

  /**
   * What makes the next ping happen. One that throws is reported through the breaker, and the runtime's timers stand in.
   *
   * @default the runtime's own timers, which keep no process alive
   */
  readonly scheduler?: Scheduler;
}

/** Options with their defaults. */
export type ResolvedHealthProbe = Required<Omit<HealthProbeOptions, 'onChange'>> & Pick<HealthProbeOptions, 'onChange'>;

const NAMES: readonly string[] = [
  'breaker',
  'ping',
  'every',
  'pingFor',
  'unhealthyAfter',
  'whenUnhealthy',
  'onChange',
  'scheduler',
] satisfies (keyof HealthProbeOptions)[];

/** The one place where a health probe's defaults are written and its options checked. */
export function resolveHealthProbe(options: HealthProbeOptions): ResolvedHealthProbe {
  const resolved: ResolvedHealthProbe = {
    every: 30_000,
    pingFor: 5_000,
    unhealthyAfter: 3,
    whenUnhealthy: 'mark',
    scheduler: timers,
    ...requireOptions('healthProbe', options, NAMES),
  };
  requireMethod('breaker', resolved.breaker, 'acquire', 'a breaker', BREAKER);
  requireFunction('ping', resolved.ping, 'a function', resolved.ping, '({ signal }) => fetch(url, { signal })');
  requireMillis('every', resolved.every);
  requireMillis('pingFor', resolved.pingFor);
  requireWhole('unhealthyAfter', resolved.unhealthyAfter);
  requireOneOf('whenUnhealthy', resolved.whenUnhealthy, ['mark', 'trip']);
  if (resolved.onChange !== undefined) {
    requireFunction(
      'onChange',
      resolved.onChange,
      'a function',
      resolved.onChange,
      '(healthy) => console.log(healthy)',
    );
  }
  requireMethod('scheduler', resolved.scheduler, 'after', 'a scheduler with a function after');
  return resolved;
}
