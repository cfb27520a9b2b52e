import type { DetectorRecipe } from '../detector/detector.ts';
import type { OpenFor } from '../open-for/open-for.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import type { Rule } from '../rules/rule.ts';
import type { VitalsRecipe } from '../vitals/vitals.ts';
import type { Classify } from '../vocabulary/outcome.ts';
import type { Clock, Millis } from '../vocabulary/time.ts';
import type { WindowRecipe } from '../window/window.ts';

/**
 * Options of `createBreaker`. Only the name is required. Naming a rule, a window or when it is judged gives the classic
 * defaults for the rest; naming only `openFor` or `recover` replaces that part of adaptive mode.
 */
export interface BreakerOptions {
  /** The breaker's name in errors, events and metrics. Must not be empty. */
  readonly name: string;

  /**
   * When a closed circuit opens. Without it the breaker is in adaptive mode: it learns what is normal, and opens when that
   * changes. The default `minimumCalls` of a rule is lowered to what the window can hold; a rule whose
   * own numbers need more calls than that is refused.
   *
   * @default that of adaptive(); failureRate(0.5, { minimumCalls: 20 }) where `window` or `evaluateOn` is given
   */
  readonly openWhen?: Rule | DetectorRecipe;

  /**
   * The calls over which rules are judged.
   *
   * @default timeWindow(10_000)
   */
  readonly window?: WindowRecipe;

  /**
   * When the rule is judged: after failures and slow calls (`'failure'`), or after each call (`'any'`). By default a
   * success never opens the circuit, not even one that reaches `minimumCalls`; the next failure does.
   *
   * @default 'failure'
   */
  readonly evaluateOn?: 'failure' | 'any';

  /**
   * How long the circuit stays open before it lets a probe through.
   *
   * @default that of adaptive(); exponential(5_000, { max: 60_000 }) where a rule, `window` or `evaluateOn` is given
   */
  readonly openFor?: OpenFor;

  /**
   * How traffic returns once the open period is over.
   *
   * @default that of adaptive(); probes({ permitted: 1, successes: 2, failures: 1 }) where a rule, `window` or `evaluateOn` is given
   */
  readonly recover?: RecoverRecipe;

  /**
   * Classifies the endings of `run` and `wrap`. Without it a value is a success and an error a failure, except that the
   * refusal of an inner breaker is ignored, and that an error which carries its own ruling is classified by it. Adapters
   * have their own classifiers.
   *
   * @default undefined
   */
  readonly classify?: Classify;

  /**
   * Milliseconds, greater than 0, after which the place of an unsettled permit is reclaimed. Set it above the duration of
   * the slowest call that can still succeed.
   *
   * @default 30_000
   */
  readonly permitTimeout?: Millis;

  /**
   * Called with each error that a listener, classifier or plug throws, and where it was thrown. Errors of its own are
   * dropped.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown, where: string) => void;

  /**
   * The source of time.
   *
   * @default the runtime's own, looked up when the breaker is made
   */
  readonly clock?: Clock;

  /**
   * The source of randomness: returns a number of at least 0 and less than 1.
   *
   * @default Math.random
   */
  readonly random?: () => number;

  /**
   * What the breaker learns about the dependency and its callers, for plugs that read it. Plugs of this library bring the
   * vitals they need.
   *
   * @default the vitals that a plug asks for, or none
   */
  readonly vitals?: VitalsRecipe;
}

/**
 * Options to change. An explicit `undefined` removes `classify`, `onError` or `vitals`, and leaves any other option as
 * it is.
 */
export type OptionChanges = { readonly [Option in keyof BreakerOptions]?: BreakerOptions[Option] | undefined };

/** Options for a breaker that gets its name elsewhere, such as from a registry. */
export type KeyedOptions = Omit<BreakerOptions, 'name'>;

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<BreakerOptions, Absent>> & {
  readonly [Option in Absent]: BreakerOptions[Option] | undefined;
};

/** Options that may stay undefined. */
type Absent = 'classify' | 'clock' | 'onError' | 'vitals';

/** The part of an `AbortSignal` that a breaker reads. */
export interface AbortState {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** A caller's signal, if there is one. `null` means none, as in `fetch`. */
export type GivenSignal = AbortState | null | undefined;
