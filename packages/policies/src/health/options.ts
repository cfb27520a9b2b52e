import type { Breaker, Millis } from '@switchgear/core';
import { requireFunction, requireOneOf, requireOptions, requireWhole } from '@switchgear/core/adapter';
import { BREAKER, requireDelay, requireMethod } from '../call/requirement.ts';
import { callAfter } from '../time/host.ts';

/** Runs callbacks later. */
export interface Scheduler {
  /** Calls `act` once, after `ms` milliseconds, unless the returned function is called before. */
  after(ms: Millis, act: () => void): () => void;
}

/** The runtime's own timers, which keep no process alive. */
export const hostScheduler: Scheduler = { after: (ms, act) => callAfter(ms, act) };

/** Options of {@link healthProbe}. */
export interface HealthProbeOptions {
  /** The breaker of the service's real traffic. */
  readonly breaker: Breaker;

  /** Pings the service: it is healthy if this neither throws nor rejects. */
  readonly ping: (context: { readonly signal: AbortSignal }) => unknown;

  /**
   * Milliseconds from the end of one ping to the next, greater than 0.
   *
   * @default 30_000
   */
  readonly every?: Millis;

  /**
   * Milliseconds that a ping may take, greater than 0; then its signal aborts and it counts as failed.
   *
   * @default 5_000
   */
  readonly pingFor?: Millis;

  /**
   * The number of consecutive failed pings that make the service unhealthy, at least 1.
   *
   * @default 3
   */
  readonly unhealthyAfter?: number;

  /**
   * What happens when the service becomes unhealthy: `'mark'` only reports it and leaves the circuit to real traffic; `'trip'`
   * also opens the circuit.
   *
   * @default 'mark' because a health page may be down while the service works
   */
  readonly whenUnhealthy?: 'mark' | 'trip';

  /**
   * Called when the service becomes unhealthy or healthy. What it throws is reported through the breaker.
   *
   * @default undefined
   */
  readonly onChange?: (healthy: boolean) => void;

  /**
   * Schedules pings and their time limits. If it throws, that is reported through the breaker and the runtime's timers are used.
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

/** The only place where a health probe's defaults are defined and its options checked. */
export function resolveHealthProbe(options: HealthProbeOptions): ResolvedHealthProbe {
  const resolved: ResolvedHealthProbe = {
    every: 30_000,
    pingFor: 5_000,
    unhealthyAfter: 3,
    whenUnhealthy: 'mark',
    scheduler: hostScheduler,
    ...requireOptions('healthProbe', options, NAMES),
  };
  requireMethod('breaker', resolved.breaker, 'acquire', 'a breaker', BREAKER);
  requireFunction('ping', resolved.ping, 'a function', resolved.ping, '({ signal }) => fetch(url, { signal })');
  requireDelay('every', resolved.every);
  requireDelay('pingFor', resolved.pingFor);
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
