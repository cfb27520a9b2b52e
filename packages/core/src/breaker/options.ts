import type { DetectorRecipe } from '../detector/detector.ts';
import { equal, growingWait } from '../open-for/growing-wait.ts';
import type { OpenFor } from '../open-for/open-for.ts';
import { byCount } from '../recover/decision.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import { stay } from '../recover/stay.ts';
import { DEFAULT_MINIMUM_CALLS, failureShare } from '../rules/failure-rate.ts';
import type { Rule } from '../rules/rule.ts';
import type { Classify } from '../vocabulary/outcome.ts';
import { refuse, requireFunction, requireMillis, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import type { Clock, Millis } from '../vocabulary/time.ts';
import { bucketWindow } from '../window/buckets.ts';
import type { WindowRecipe } from '../window/window.ts';

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
   * refusal by a breaker further down is ignored, and that an error which brings its own ruling is judged by that. Adapters
   * have classifiers of their own.
   *
   * @default undefined
   */
  readonly classify?: Classify;

  /**
   * Milliseconds, greater than 0, after which the place of a permit that nobody settled is reclaimed. Set it above the slowest call that
   * may still succeed.
   *
   * @default 30_000
   */
  readonly permitTimeout?: Millis;

  /**
   * Told of a listener, classifier or plug that threw, and where. What it throws itself is dropped.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown, where: string) => void;

  /**
   * Where the time comes from.
   *
   * @default the runtime's own, looked up when the breaker is made
   */
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
export type ResolvedOptions = Required<Omit<BreakerOptions, Absent>> & {
  readonly [Option in Absent]: BreakerOptions[Option] | undefined;
};

/** Options that may stay undefined. */
type Absent = 'classify' | 'clock' | 'onError';

/** `probes({ permitted: 1, successes: 2, failures: 1 })` */
const ONE_PROBE: RecoverRecipe = {
  build: ({ permitTimeout }) => stay(1, byCount(1, 2, 1), permitTimeout),
};

let madeDefaults: object | undefined;

/** What a breaker is made of where its user does not say; all the options there are. Made once, so that breakers share them. */
function defaults(): object {
  madeDefaults ??= {
    name: undefined,
    openWhen: failureShare(0.5, DEFAULT_MINIMUM_CALLS),
    window: bucketWindow(10_000, 10),
    evaluateOn: 'failure',
    openFor: growingWait(5_000, 60_000, 2, equal, 60_000),
    recover: ONE_PROBE,
    permitTimeout: 30_000,
    random: Math.random,
    clock: undefined,
    classify: undefined,
    onError: undefined,
  } satisfies { readonly [Option in keyof ResolvedOptions]: ResolvedOptions[Option] | undefined };
  return madeDefaults;
}

/** The one place where defaults are written and options are checked. Lays options over others, or over the defaults. */
export function resolveOptions(options: Partial<BreakerOptions>, base: object = defaults()): ResolvedOptions {
  const resolved = { ...base, ...requireOptions('createBreaker', options, Object.keys(base)) } as ResolvedOptions;
  const { name, openWhen, window, recover, clock } = resolved;
  if (typeof name !== 'string' || name === '') refuse('name', 'a string that is not empty', name);
  const { build, judge = build } = Object(openWhen);
  requireFunction('openWhen', judge, 'a rule such as failureRate(0.5)', openWhen);
  requireFunction('window', window?.start, 'a window such as timeWindow(10_000)', window);
  requireFunction('recover', recover?.build, 'a recovery such as probes({ permitted: 1 })', recover);
  if (clock !== undefined) requireFunction('clock', clock?.now, 'a clock with a function now', clock);
  requireOneOf('evaluateOn', resolved.evaluateOn, ['failure', 'any']);
  requireMillis('permitTimeout', resolved.permitTimeout);
  for (const option of ['openFor', 'random', 'classify', 'onError'] as const) {
    if (resolved[option] !== undefined) requireFunction(option, resolved[option]);
  }
  return resolved;
}
