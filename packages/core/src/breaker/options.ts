import type { DetectorRecipe } from '../detector/detector.ts';
import { exponential } from '../open-for/exponential.ts';
import type { OpenFor } from '../open-for/open-for.ts';
import { probes } from '../recover/probes.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import { failureRate } from '../rules/failure-rate.ts';
import type { Rule } from '../rules/rule.ts';
import type { Classify } from '../vocabulary/outcome.ts';
import {
  refuse,
  requireFunction,
  requireMillis,
  requireOneOf,
  requireOptions,
  requirePlug,
} from '../vocabulary/requirement.ts';
import type { Clock, Millis } from '../vocabulary/time.ts';
import { timeWindow } from '../window/time-window.ts';
import type { WindowRecipe } from '../window/window.ts';
import { systemClock } from './system-clock.ts';

/** What a breaker is made of. Only the name is needed. */
export interface BreakerOptions {
  /** Names the breaker in errors, events and metrics. Not empty. */
  readonly name: string;

  /**
   * When a closed circuit opens.
   *
   * @default failureRate(0.5, { minimumCalls: 20 })
   */
  readonly openWhen?: Rule | DetectorRecipe;

  /**
   * The calls over which rules are judged.
   *
   * @default timeWindow(10_000)
   */
  readonly window?: WindowRecipe;

  /**
   * After which outcomes the rule is judged: after failures and slow calls, or after each call.
   *
   * @default 'failure'
   */
  readonly evaluateOn?: 'failure' | 'any';

  /**
   * How long a circuit stays open before it asks again.
   *
   * @default exponential(5_000, { max: 60_000 })
   */
  readonly openFor?: OpenFor;

  /**
   * How traffic comes back.
   *
   * @default probes({ permitted: 1, successes: 2, failures: 1 })
   */
  readonly recover?: RecoverRecipe;

  /**
   * Judges the endings of `run` and `wrap`. Without one a value is a success and an error a failure, except that a
   * refusal by a breaker further down is ignored. Adapters have classifiers of their own.
   */
  readonly classify?: Classify;

  /**
   * Milliseconds after which the place of a permit that nobody settled is reclaimed. Set it above the slowest call that
   * may still succeed.
   *
   * @default 30_000
   */
  readonly permitTimeout?: Millis;

  /** Told of a listener, classifier or plug that threw, and where. What it throws itself is dropped. */
  readonly onError?: (error: unknown, where: string) => void;

  /** Where the time comes from. Looked up when the breaker is made. */
  readonly clock?: Clock;

  /**
   * Where chance comes from: a number from 0 up to but not including 1.
   *
   * @default Math.random
   */
  readonly random?: () => number;
}

/** Options for a breaker that is named by somebody else: a registry, say. */
export type KeyedOptions = Omit<BreakerOptions, 'name'>;

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<BreakerOptions, 'classify' | 'onError'>> &
  Pick<BreakerOptions, 'classify' | 'onError'>;

/** The options by name. */
export const NAMES: readonly (keyof BreakerOptions)[] = [
  'name',
  'openWhen',
  'window',
  'evaluateOn',
  'openFor',
  'recover',
  'classify',
  'permitTimeout',
  'onError',
  'clock',
  'random',
];

/** The options without those left out: an explicit undefined, which plain JavaScript callers pass, is one left out. */
export function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** The one place where defaults are written and options are checked. */
export function resolveOptions(options: BreakerOptions): ResolvedOptions {
  requireOptions('createBreaker', options, NAMES);
  const resolved: ResolvedOptions = {
    openWhen: failureRate(0.5),
    window: timeWindow(10_000),
    evaluateOn: 'failure',
    openFor: exponential(5_000),
    recover: probes({ permitted: 1, successes: 2, failures: 1 }),
    permitTimeout: 30_000,
    clock: systemClock(),
    random: Math.random,
    ...given(options),
  };
  const { name, openWhen, window, evaluateOn, openFor, recover, classify, permitTimeout, onError, clock, random } =
    resolved;
  if (typeof name !== 'string' || name === '') refuse('name', 'a string that is not empty', name);
  const judges = typeof openWhen === 'object' && openWhen !== null && 'build' in openWhen ? 'build' : 'judge';
  requirePlug('openWhen', openWhen, judges, 'a rule such as failureRate(0.5)');
  requirePlug('window', window, 'start', 'a window such as timeWindow(10_000)');
  requireOneOf('evaluateOn', evaluateOn, ['failure', 'any']);
  requireFunction('openFor', openFor);
  requirePlug('recover', recover, 'build', 'a recovery such as probes({ permitted: 1 })');
  requireMillis('permitTimeout', permitTimeout);
  requirePlug('clock', clock, 'now', 'a clock with a function now');
  requireFunction('random', random);
  if (classify !== undefined) requireFunction('classify', classify);
  if (onError !== undefined) requireFunction('onError', onError);
  return resolved;
}
