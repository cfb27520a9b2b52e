import type { Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { WindowRecipe } from '../window/window.ts';

/** The counters that a detector shows. Rates are absent while it has too few calls to judge. */
export interface Readings {
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;
  readonly failureRate?: number;
  readonly slowCallRate?: number;
}

/**
 * Watches a closed circuit and decides when there is enough evidence to open. Mutable but deterministic: time is a
 * parameter.
 */
export interface Detector {
  /**
   * Receives a settled call of the present era; never an ignored one.
   *
   * @returns the verdict, if there is now enough evidence
   */
  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined;

  /**
   * The number of successes that cannot lead to a verdict, if they end before `lullUntil` and each takes less than
   * `lullUnder`. The breaker reads the three after each `tell`, counts such successes itself and hands their number to
   * `skip`, so that the common call costs little.
   */
  readonly lull: number;
  readonly lullUntil: Instant;
  readonly lullUnder: Millis;

  /**
   * Receives that a call is about to be admitted, the only moment at which silence and overload show. Called only if the
   * plan watches.
   *
   * @returns the verdict, if there is now enough evidence
   */
  admitting?(at: Instant): Verdict | undefined;

  /** Receives that a call admitted at `started` is no longer under way, however it ended. */
  released?(started: Instant): void;

  /** Receives the number of successes counted during the lull. */
  skip(successes: number): void;

  /** Forgets the evidence, because the circuit has moved or the mode has changed. */
  clear(at: Instant): void;

  /** The counters at this instant. */
  readings(at: Instant): Readings;
}

/** What a detector is built from besides its own options. */
export interface DetectorSetting {
  /** The window over which rules are judged and calls are counted for metrics; absent from a plain breaker without one. */
  readonly window?: WindowRecipe | undefined;

  /** Whether to judge after failures only, or after each call. */
  readonly evaluateOn: 'failure' | 'any';

  /** Milliseconds after which an unsettled call counts as lost. */
  readonly permitTimeout: Millis;
}

/** A kind of detector: an immutable value that many breakers may share. */
export interface DetectorRecipe {
  /** The detector of a breaker with this setting, not started yet. */
  build(setting: DetectorSetting): DetectorPlan;
}

/** A detector that knows its setting and can be started by any number of breakers. */
export interface DetectorPlan {
  /** How often a call must read the clock for it: never, at its end, or at its beginning and end. */
  readonly clockReads: 0 | 1 | 2;

  /** A call that takes this many milliseconds or longer is slow; `Infinity` if it does not judge slowness. */
  readonly slowerThan: Millis;

  /** Whether it must be asked before each admission. Every call then takes a permit, so set it only if needed. */
  readonly watches?: boolean;

  /**
   * Whether what ended calls tell it are numbers of calls, failures and slow calls, and nothing else. The numbers of several
   * instances can then be added up.
   *
   * @default false
   */
  readonly sums?: boolean;

  /** Whether it must start with the breaker rather than at the first outcome. */
  readonly anchored?: boolean | undefined;

  /**
   * Makes a detector. If the breaker was reconfigured, it may take over the memory of the one before.
   */
  start(at: Instant, before?: Detector, vitals?: Vitals): Detector;

  /** The vitals it reads, if any. The breaker then keeps them and passes them to `start`. */
  readonly vitals?: VitalsRecipe | undefined;
}

/** A lull without an end in practice: 2^30 - 1, the largest small integer of 32-bit engines. */
export const ENDLESS = 1_073_741_823;
