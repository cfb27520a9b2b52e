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

/** Whose outcomes speak, and since when calls count as load, in generations. */
export interface Era {
  readonly generation: number;
  readonly stay: number;
}

/** Vitals as the breaker writes them. */
export interface VitalsMemory extends Vitals {
  /** A call asks for leave. */
  offered(at: Instant): void;

  /** It got it. */
  admitted(): void;

  /**
   * A call has come back, in whatever era.
   *
   * @param generation when it began: those of the present era may be learnt from, those of the present stay are load
   */
  ended(verdict: Outcome | Ruling, at: Instant, duration: Millis, generation: number, now: Era): void;

  /**
   * The circuit has gone on.
   *
   * @param moves the states it came to, and when, in order
   * @param acceptLatency whether the present latency is the normal one from now on
   */
  wentOn(
    before: Era,
    now: Era,
    moves: readonly { readonly phase: State; readonly since: Instant }[],
    acceptLatency: boolean | undefined,
  ): void;

  /** The circuit has moved, or the mode changed: what has not come back by now is no longer evidence. */
  forget(): void;

  /** Until then every failure is likely a relapse. */
  expectTrouble(until: Instant): void;
}

/** A kind of vitals: an immutable value that many breakers may share. */
export interface VitalsRecipe {
  start(at: Instant): VitalsMemory;
}
