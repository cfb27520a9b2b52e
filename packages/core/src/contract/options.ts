import type { DetectorRecipe } from '../detector/detector.ts';
import type { OpenFor } from '../open-for/open-for.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import type { Rule } from '../rules/rule.ts';
import type { VitalsRecipe } from '../vitals/vitals.ts';
import type { Classify } from '../vocabulary/outcome.ts';
import type { Clock, Millis } from '../vocabulary/time.ts';
import type { WindowRecipe } from '../window/window.ts';

/** What a breaker is made of. Only the name is needed. */
export interface BreakerOptions {
  /** Names the breaker in errors, events and metrics. Not empty. */
  readonly name: string;

  /**
   * When a closed circuit opens. A minimum of calls that is left to its default is lowered to what the window can hold; a
   * rule that needs more than that by its user's own numbers is refused.
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
   * After which outcomes the rule is judged: after failures and slow calls, or after each call. By default a success never
   * opens the circuit, not even one that completes the minimum of calls: the next failure does.
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

  /**
   * What is learnt of the dependency and its callers, for plugs that read it. Those of the library bring theirs.
   *
   * @default those that a plug asks for, or none
   */
  readonly vitals?: VitalsRecipe;
}

/** Options to change. An explicit `undefined` takes away what may be absent, and leaves everything else as it is. */
export type OptionChanges = { readonly [Option in keyof BreakerOptions]?: BreakerOptions[Option] | undefined };

/** Options for a breaker that is named by somebody else: a registry, say. */
export type KeyedOptions = Omit<BreakerOptions, 'name'>;

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<BreakerOptions, Absent>> & {
  readonly [Option in Absent]: BreakerOptions[Option] | undefined;
};

/** Options that may stay undefined. */
type Absent = 'classify' | 'clock' | 'onError' | 'vitals';

/** As much of an `AbortSignal` as a breaker looks at. */
export interface AbortState {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** As much of a caller's signal as a breaker reads; `null` is what fetch takes for none. */
export type GivenSignal = AbortState | null | undefined;
