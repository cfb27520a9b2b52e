import type { Breaker, Clock } from '@switchgear/core';
import { invalid, requireFunction, requireOptions } from '@switchgear/core/adapter';
import { localBus } from '../bus/local-bus.ts';
import type { Prober } from '../circuit/prober.ts';
import type { Bus } from '../ports/bus.ts';
import { ownScheduler, type Scheduler } from '../ports/scheduler.ts';
import { LONGEST_NAME } from '../report/report.ts';
import type { SharingEvent } from './events.ts';

/** Options of {@link share}. */
export interface ShareOptions {
  /**
   * Who shares: instances that call the same services over the same network path, so name the zone or data centre too:
   * `'shop eu-west-1a'`. 1 to 200 characters.
   */
  readonly group: string;

  /**
   * How reports reach the others.
   *
   * @default localBus(), which joins the threads of a process or the tabs of an origin
   */
  readonly bus?: Bus;

  /**
   * Decides which instance probes: `appointed(register)`.
   *
   * @default undefined: each probes for itself, and of n instances each rests √n times as long
   */
  readonly prober?: Prober;

  /**
   * How many instances must agree before what they tell opens a circuit here: a whole number of at least 1, or `Infinity`. With
   * 1 any instance is followed, also one with a broken network; with `Infinity` all must agree.
   *
   * @default 3, or all instances if there are fewer
   */
  readonly quorum?: number;

  /**
   * Whether a mode that `setMode` of any instance's sharing sets is set here too.
   *
   * @default false, because anyone who can publish could then isolate circuits
   */
  readonly carryModes?: boolean;

  /**
   * Signs reports with HMAC-SHA-256, and drops those without a signature of the same secret. Without it, whoever can publish
   * on the bus can open circuits.
   *
   * @default undefined
   */
  readonly secret?: string;

  /**
   * The name under which a breaker is known in its group: 1 to 200 characters. If names tell of customers, return a hash of
   * them. A breaker for which it throws, or whose name another has, is not shared: event `fault`.
   *
   * @default (breaker) => breaker.name
   */
  readonly nameOf?: (breaker: Breaker) => string;

  /**
   * Called with each event. What it throws is dropped.
   *
   * @default undefined
   */
  readonly onEvent?: (event: SharingEvent) => void;

  /**
   * Runs the exchange of reports.
   *
   * @default the runtime's own timers, which keep no process alive; none on Workers, where `sync` is called instead
   */
  readonly scheduler?: Scheduler;

  /**
   * The source of time for the exchange. Breakers keep their own clocks.
   *
   * @default performance
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
export type ResolvedShare = Required<Omit<ShareOptions, 'prober' | 'secret' | 'onEvent'>> &
  Pick<ShareOptions, 'prober' | 'secret' | 'onEvent'>;

/** The one place where the options of `share` are checked. */
export function resolveShare(options: ShareOptions): ResolvedShare {
  const names = [
    'group',
    'bus',
    'prober',
    'quorum',
    'carryModes',
    'secret',
    'nameOf',
    'onEvent',
    'scheduler',
    'clock',
    'random',
  ];
  requireOptions('share', options, names);
  const resolved: ResolvedShare = {
    quorum: 3,
    carryModes: false,
    nameOf: ({ name }) => name,
    clock: performance,
    random: Math.random,
    ...options,
    bus: options.bus ?? localBus(),
    scheduler: options.scheduler ?? ownScheduler(),
  };
  const { group, bus, prober, quorum, secret, nameOf, onEvent, scheduler, clock, random } = resolved;
  if (typeof group !== 'string' || group === '' || group.length > LONGEST_NAME)
    invalid('share group', `a string of 1 to ${LONGEST_NAME} characters`, group, "group: 'shop eu-west-1a'");
  if (quorum !== Infinity && !(Number.isInteger(quorum) && quorum >= 1))
    invalid('share quorum', 'a whole number of at least 1, or Infinity', quorum, 'quorum: 3');
  if (secret !== undefined && (typeof secret !== 'string' || secret.length < 16))
    invalid('share secret', 'a string of 16 characters or more', typeof secret, 'secret: process.env.SHARING_SECRET');
  requireFunction('share bus', bus?.open, 'a bus with a function open', bus, 'bus: localBus()');
  if (prober !== undefined)
    requireFunction('share prober', prober?.attend, 'a prober', prober, 'prober: appointed(memoryRegister())');
  requireFunction('share nameOf', nameOf, 'a function', nameOf, 'nameOf: ({ name }) => hash(name)');
  requireFunction('share scheduler', scheduler?.after, 'a scheduler with a function after', scheduler);
  requireFunction('share clock', clock?.now, 'a clock with a method now', clock, 'clock: performance');
  requireFunction('share random', random, 'a function', random, 'random: Math.random');
  if (onEvent !== undefined) requireFunction('share onEvent', onEvent, 'a function', onEvent, 'onEvent: console.log');
  return resolved;
}
