import { adaptive, type Clock, exponential, type KeyedOptions, type Millis, type Router } from '@switchgear/core';
import { invalid, requireFunction, requireNumber, requireOptions, requireShare } from '@switchgear/core/adapter';
import { retryBudget } from '@switchgear/policies';
import type { Endpoint } from '../contract/endpoint.ts';
import { leastCost } from '../pick/least-cost.ts';
import type { Pick } from '../pick/pick.ts';
import { endpointsOf } from './endpoints.ts';
import type { Outliers } from './outliers.ts';

/** Options of {@link createBalancer}. */
export interface BalancerOptions<E extends Endpoint = Endpoint> {
  /** The name of the service: that of its breaker, and the first part of the names of its endpoints' breakers. */
  readonly name: string;

  /** The endpoints, at least one. `update` replaces them. */
  readonly endpoints: Iterable<E>;

  /**
   * Options of the endpoints' breakers, which hear attempts. They may be ten times as sensitive as a lone breaker, because
   * an endpoint is ejected only if its siblings do better.
   *
   * @default { ...adaptive({ breakEven: 0.1 }), openFor: exponential(5_000, { max: 300_000 }) }
   */
  readonly leaf?: KeyedOptions;

  /**
   * Options of the service's breaker, which hears requests: how they end after all attempts.
   *
   * @default adaptive()
   */
  readonly service?: KeyedOptions;

  /**
   * How endpoints are chosen: {@link leastCost}, {@link roundRobin} or {@link byKey}.
   *
   * @default leastCost()
   */
  readonly pick?: Pick;

  /**
   * The share of the endpoints that may be ejected at once; greater than 0, at most 1. One of several may always be ejected,
   * the only one never.
   *
   * @default 0.5
   */
  readonly maxEjected?: number;

  /**
   * Ejects endpoints that are outliers in an interval, besides what their own breakers do: {@link outliers}.
   *
   * @default undefined
   */
  readonly outliers?: Outliers;

  /**
   * Whether a call that no endpoint admits is made all the same, to any of them. Together with retries that prolongs outages, so
   * by default the caller is refused.
   *
   * @default false
   */
  readonly panic?: boolean;

  /**
   * How long an endpoint that is new or was ejected takes to get its whole share, from a tenth of it; milliseconds, at least 0.
   *
   * @default 30_000
   */
  readonly slowStart?: Millis;

  /**
   * The zone of the caller. Endpoints of the same zone are called first; others get what these cannot carry.
   *
   * @default undefined
   */
  readonly zone?: string;

  /**
   * What limits repeated attempts, of all requests together.
   *
   * @default retryBudget(), a fifth of what succeeds and 10 saved
   */
  readonly retries?: Router['retries'];

  /**
   * The source of time.
   *
   * @default the runtime's own
   */
  readonly clock?: Clock;

  /**
   * The source of randomness: returns a number of at least 0 and less than 1.
   *
   * @default Math.random
   */
  readonly random?: () => number;
}

/** Options with their defaults. */
export interface Resolved<E extends Endpoint> {
  readonly name: string;
  readonly endpoints: readonly E[];
  readonly leaf: KeyedOptions;
  readonly service: KeyedOptions;
  readonly pick: Pick;
  readonly maxEjected: number;
  readonly outliers: Outliers | undefined;
  readonly panic: boolean;
  readonly slowStart: Millis;
  readonly zone: string | undefined;
  readonly retries: Router['retries'];
  readonly random: () => number;
}

const NAMES = [
  'name',
  'endpoints',
  'leaf',
  'service',
  'pick',
  'maxEjected',
  'outliers',
  'panic',
  'slowStart',
  'zone',
  'retries',
  'clock',
  'random',
] as const;

/** The only place where the options of a balancer are checked and have their defaults. */
export function resolveOptions<E extends Endpoint>(options: BalancerOptions<E>): Resolved<E> {
  const given = requireOptions('createBalancer', options, NAMES);
  const { name, pick = leastCost(), maxEjected = 0.5, panic = false, slowStart = 30_000, zone, clock } = given;
  const { leaf = {}, service = {}, retries = retryBudget(), random = Math.random } = given;
  if (typeof name !== 'string' || name === '') invalid('createBalancer name', 'a string that is not empty', name);
  requireFunction('createBalancer pick', pick?.start, 'a way to pick', pick, 'pick: leastCost()');
  requireShare('createBalancer maxEjected', maxEjected);
  if (typeof panic !== 'boolean') invalid('createBalancer panic', 'true or false', panic);
  requireNumber('createBalancer slowStart', slowStart, 0);
  if (zone !== undefined && typeof zone !== 'string') invalid('createBalancer zone', 'a string', zone);
  requireFunction('createBalancer retries', retries?.spend, 'a retry budget', retries, 'retries: retryBudget()');
  requireFunction('createBalancer random', random, 'a function', random, 'random: Math.random');
  const outside = { ...(clock && { clock }), random };
  const { outliers } = given;
  if (outliers !== undefined && !(Object(outliers).every > 0)) {
    invalid('createBalancer outliers', 'what outliers() returns', outliers, 'outliers: outliers()');
  }
  return {
    name,
    endpoints: endpointsOf(given.endpoints),
    leaf: { ...leafDefaults(leaf), ...outside, ...leaf },
    service: { ...outside, ...service },
    pick,
    maxEjected,
    outliers,
    panic,
    slowStart,
    zone,
    retries,
    random,
  };
}

/** Whoever names a rule chooses what follows from it, too. */
function leafDefaults({ openWhen, window, evaluateOn }: KeyedOptions): KeyedOptions {
  const isAdaptive = openWhen === undefined && window === undefined && evaluateOn === undefined;
  return isAdaptive ? { ...adaptive({ breakEven: 0.1 }), openFor: exponential(5_000, { max: 300_000 }) } : {};
}
