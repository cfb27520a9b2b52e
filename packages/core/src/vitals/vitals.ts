import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * What a breaker has learnt of a dependency and of those who call it. The breaker writes it, plugs read it, and nobody
 * pays who does not ask. A live view: read it, do not keep its numbers.
 */
export interface Vitals {
  /** Calls a millisecond that are offered, refused ones included: of the last minute, later ones weighing more. */
  rate(at: Instant): number;

  /** How long a success takes lately, in milliseconds; 0 before the first. */
  readonly latency: Millis;

  /** How long one normally takes, in milliseconds; 0 before the first. Learnt while closed, and in recovery. */
  readonly normalLatency: Millis;

  /** Calls under way, without those that hang from before an outage. */
  readonly load: number;

  /** Calls under way, those that hang included. */
  readonly outstanding: number;

  /** When the last success came back; when the breaker was made, before there was one. */
  readonly lastSuccess: Instant;

  /** How long the last success came after the one before it, in milliseconds. */
  readonly gap: Millis;

  /** When the first call was asked for after the last success, so since when nobody was served; Infinity before it. */
  readonly unservedSince: Instant;

  /** Calls sent since anything last came back. Those that their callers gave up are not waited for. */
  readonly unanswered: number;

  /**
   * For how many milliseconds calls were sent and nothing has come back, once it is known how long that normally takes. An
   * event loop that stands still is no silence of the dependency.
   */
  readonly silentFor: Millis;

  /** From 1 right after an outage down to 0 as it is forgotten: how likely a failure is a relapse. 1 while trouble is expected. */
  relapse(at: Instant): number;
}

/** What recovery has to say to the observer of a breaker's calls. */
export interface StepNotes {
  /** Whether load is counted anew: calls under way from before hang, and are load no longer. */
  readonly loadBegins?: boolean | undefined;

  /** Whether the present latency is the normal one from now on. */
  readonly acceptLatency?: boolean | undefined;
}

/**
 * Observes the calls of one breaker and learns its vitals from them: the only port through which plugs that learn follow
 * what happens. The breaker calls it, and a breaker without such plugs has none.
 */
export interface CallObserver extends Vitals {
  /** A caller asks for a permit. */
  offered(at: Instant): void;

  /** The caller got it. */
  admitted(): void;

  /**
   * An admitted call has ended, in whatever state the circuit is by then.
   *
   * @param began the generation in which it was admitted: calls of the current one may be learnt from
   * @param current the circuit's generation now
   */
  ended(ruling: Outcome | Ruling, at: Instant, duration: Millis, began: number, current: number): void;

  /**
   * The circuit has answered an event.
   *
   * @param current its generation now
   * @param moves the states it came to, in order; often none
   */
  stepped(
    current: number,
    moves: readonly { readonly phase: State; readonly since: Instant }[],
    notes: StepNotes | undefined,
  ): void;

  /** The circuit has moved, or the mode has changed: calls that have not come back by now are no evidence of silence. */
  forget(): void;

  /** Until then every failure is likely a relapse. */
  expectTrouble(until: Instant): void;
}

/** A kind of vitals: an immutable value that many breakers may share. */
export interface VitalsRecipe {
  start(at: Instant): CallObserver;
}
