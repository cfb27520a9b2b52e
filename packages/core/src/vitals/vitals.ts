import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * What a breaker has learnt about a dependency and its callers, for plugs. A breaker whose plugs do not ask for it does not
 * pay for it. A live view: read it, do not keep its numbers.
 */
export interface Vitals {
  /** Offered calls per millisecond, including refused ones: of the last minute, with later ones weighing more. */
  rate(at: Instant): number;

  /** The present latency of successes, in milliseconds; 0 before the first. */
  readonly latency: Millis;

  /** The normal latency of successes, in milliseconds; 0 before the first. Learnt while closed and while half-open. */
  readonly normalLatency: Millis;

  /**
   * How many instances call the dependency, this one included, if they share what they know.
   *
   * @default 1
   */
  readonly instances?: number;

  /** Calls under way, without those that hang since before an outage. */
  readonly load: number;

  /**
   * How many of them at least were admitted two rounds ago or earlier, a round being two normal latencies; 0 or less unless
   * more are under way than then.
   */
  readonly late: number;

  /** Calls under way, including those that hang. */
  readonly outstanding: number;

  /** When the last success came back; before the first one, when the breaker was made. */
  readonly lastSuccess: Instant;

  /** The time between the last success and the one before it, in milliseconds. */
  readonly gap: Millis;

  /**
   * When the first call after the last success was offered, so since when no caller was served; `Infinity` before that.
   */
  readonly unservedSince: Instant;

  /** Calls sent since a call last came back, without those that their callers aborted. */
  readonly unanswered: number;

  /**
   * For how many milliseconds calls have been sent without any answer, once the normal latency is known. The time in which
   * the event loop was blocked does not count.
   */
  readonly silentFor: Millis;

  /**
   * How likely a failure is a relapse: from 1 right after an outage down to 0 as it is forgotten; 1 after
   * `expectTrouble`.
   */
  relapse(at: Instant): number;

  /** For how long calls must fail, in milliseconds, to be more than a blip like the last one; 0 after an outage. */
  patience(at: Instant): Millis;

  /**
   * For how long calls must stay unanswered, in milliseconds, to be more than a pause like the last one: a blip after which
   * calls from before were answered. 0 after an outage.
   */
  pausePatience(at: Instant): Millis;

  /**
   * For how long many calls must be late, in milliseconds, to be more than a surge like the last ones; 0 soon after an outage,
   * and after an overload that lasted.
   */
  surgePatience(at: Instant): Millis;
}

/** Notes of a recovery for the observer of a breaker's calls. */
export interface StepNotes {
  /** Whether load is counted anew, because earlier calls under way hang and no longer count as load. */
  readonly loadBegins?: boolean | undefined;

  /** Whether the present latency becomes the normal one. */
  readonly acceptLatency?: boolean | undefined;
}

/**
 * Observes the calls of one breaker and learns its vitals from them. It is the only way for plugs to follow what happens
 * to calls; a breaker whose plugs do not ask for vitals has no observer.
 */
export interface CallObserver extends Vitals {
  instances?: number;

  /** Called when a caller asks for a permit. */
  offered(at: Instant): void;

  /** Called when the caller got the permit. */
  admitted(): void;

  /**
   * Called when an admitted call has ended, in whatever state the circuit is by then.
   *
   * @param began the generation in which it was admitted; the normal latency is learnt only from calls of the current one
   * @param current the circuit's generation now
   */
  ended(ruling: Outcome | Ruling, at: Instant, duration: Millis, began: number, current: number): void;

  /**
   * Called when the circuit has answered an event.
   *
   * @param current the circuit's generation now
   * @param moves the states it has entered, in order; often none
   */
  stepped(
    current: number,
    moves: readonly { readonly phase: State; readonly since: Instant }[],
    notes: StepNotes | undefined,
  ): void;

  /** Called when the circuit has moved or the mode has changed: unanswered calls are no longer evidence of silence. */
  forget(): void;

  /** Called by `expectTrouble`: until this instant every failure is likely a relapse. */
  expectTrouble(until: Instant): void;
}

/** A kind of vitals: an immutable value that many breakers may share. */
export interface VitalsRecipe {
  /** Makes the observer of one breaker. */
  start(at: Instant): CallObserver;
}
