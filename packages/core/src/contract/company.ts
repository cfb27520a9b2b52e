import type { Detector, DetectorPlan } from '../detector/detector.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { Because, Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * Follows the calls of one breaker and has a say in its moves, so that breakers can work together. Each function is
 * called synchronously and must be quick. If one throws, that is reported and has no other effect.
 */
export interface Company {
  /** Called after each settled call of the present era, in any state, unless `skip` counts it. */
  tell?(outcome: Outcome, at: Instant, duration: Millis, kind: string | undefined): void;

  /** Called with the number of successes that were counted together during a lull. */
  skip?(successes: number): void;

  /** Called when the circuit has moved, before any listener. */
  moved?(because: Because | undefined): void;

  /**
   * Asked before a closed circuit moves on evidence, its own or that of company. If it returns false, the circuit stays closed, and an event
   * `wouldOpen` says so, once for each opening that this prevents.
   */
  consents?(verdict: Verdict): boolean;

  /** Called when its registry has forgotten the breaker. Nothing else is called after that. */
  left?(): void;
}

/** What company may do with the circuit of its breaker. It never closes it: only the breaker's own calls do. */
export interface Seat {
  /** What the breaker's detectors are made by: another object once `reconfigure` has changed the rule. */
  readonly detection: DetectorPlan;

  /** Makes another detector of the breaker's own rule, which reads the breaker's own vitals. */
  detector(): Detector;

  /**
   * How many failures in a row would make a verdict of such a detector now, if it held none.
   *
   * @returns undefined unless it learns what is normal. One that does has a lull while nothing could add up to a verdict
   */
  neededFailures(detector: Detector, at: Instant): number | undefined;

  /**
   * Opens the circuit if it is closed and active, for as long as its own `openFor` says. In shadow mode that is only
   * announced.
   *
   * @returns whether it has moved
   */
  open(verdict: Verdict): boolean;

  /**
   * Moves an open circuit to half-open, so that its next call is a probe.
   *
   * @returns whether it has moved
   */
  wake(verdict: Verdict): boolean;

  /**
   * Sets when an open circuit is due: no sooner than `least` from now, but at most a minute later than now or than its own
   * `openFor` said, and no later than `most` from now. Company that holds it for longer has to go on saying so.
   */
  hold(least: Millis, most?: Millis): void;

  /** Hands over the successes counted during the present lull. */
  flush(): void;

  /** Says how many instances call the dependency, this one included, so that together they probe no more than one would. */
  among(instances: number): void;
}
