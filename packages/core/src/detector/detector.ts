import type { Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { WindowRecipe } from '../window/window.ts';

/** The counters a detector shows. Rates are left out while it has too few calls to judge. */
export interface Readings {
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;
  readonly failureRate?: number;
  readonly slowCallRate?: number;
}

/** Watches a closed circuit and says when there is enough evidence. Mutable, but deterministic: it is told the time. */
export interface Detector {
  /**
   * One settled call of the present era, never an ignored one.
   *
   * @returns the verdict, if there is now enough evidence
   */
  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined;

  /**
   * The lull, read after each `tell`: this many successes, before `lullUntil`, each shorter than `lullUnder`, cannot matter.
   * The breaker counts them itself and hands them over as a number, so the common call never leaves the breaker.
   */
  readonly lull: number;
  readonly lullUntil: Instant;
  readonly lullUnder: Millis;

  /**
   * A call is about to be admitted: the only moment at which silence and overload can be seen. Only of a plan that watches.
   *
   * @returns the verdict, if there is now enough evidence
   */
  admitting?(at: Instant): Verdict | undefined;

  /** A call that was admitted at `started` is no longer under way, however it ended. Only of a plan that watches. */
  released?(started: Instant): void;

  /** Successes counted during the lull. */
  skip(successes: number): void;

  /** Forgets everything: the circuit has moved, or the mode changed. */
  clear(at: Instant): void;

  /** The counters as they are now. */
  readings(at: Instant): Readings;
}

/** What a detector is built from besides its own options. */
export interface DetectorSetting {
  /** The window over which rules are judged. */
  readonly window: WindowRecipe;

  /** Whether successes are judged too. */
  readonly evaluateOn: 'failure' | 'any';

  /** Milliseconds after which a call that nobody settled is given up. */
  readonly permitTimeout: Millis;
}

/** A kind of detector: an immutable value that many breakers may share. */
export interface DetectorRecipe {
  /** The detector of a breaker with this setting, not started yet. */
  build(setting: DetectorSetting): DetectorPlan;
}

/** A detector that knows its setting and can be started by any number of breakers. */
export interface DetectorPlan {
  /** How often it needs the clock in a call: never, when the call ends, or when it begins and ends. */
  readonly clockReads: 0 | 1 | 2;

  /** A call that lasts this many milliseconds or longer is slow; Infinity if slowness is not judged. */
  readonly slowerThan: Millis;

  /** Whether it must be asked before each admission. Calls then cost a permit each, so only detectors that need it say so. */
  readonly watches?: boolean;

  /** Whether it must be started with the breaker and cannot wait for the first outcome. */
  readonly anchored?: boolean | undefined;

  /**
   * A detector with nothing in its memory, or with that of the one before it where that fits: a breaker was reconfigured.
   */
  start(at: Instant, before?: Detector, vitals?: Vitals): Detector;

  /** The vitals it reads, if any. The breaker then keeps them, and hands them to `start`. */
  readonly vitals?: VitalsRecipe | undefined;
}

/** As many successes as anybody will count between two failures: 2^30 - 1, the largest small integer on 32-bit engines. */
export const ENDLESS = 1_073_741_823;
