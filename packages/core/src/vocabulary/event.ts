import type { Outcome } from './outcome.ts';
import type { Because, Mode, State } from './state.ts';
import type { Instant, Millis } from './time.ts';

/** What every event has. */
interface EventOf<Type extends string> {
  readonly type: Type;

  /** The breaker's name. */
  readonly breaker: string;

  /** When it happened, on the breaker's clock, whose origin is arbitrary. {@link loggable} turns it into a date. */
  readonly at: Instant;
}

/** Fields that only events of other types have. Undefined here, so that a listener may destructure any event. */
type Without<Names extends string> = { readonly [Name in Names]?: undefined };

/** The state changed. */
export interface MoveEvent extends EventOf<'move'>, Without<'outcome' | 'kind' | 'duration' | 'slow'> {
  /** The state before. */
  readonly from: State;

  /** The state after. */
  readonly to: State;

  /** The rule that moved it, the numbers it decided on, and when the next attempt may be made. */
  readonly because: Because;
}

/** A call was refused. */
export interface RejectEvent
  extends EventOf<'reject'>,
    Without<'from' | 'to' | 'outcome' | 'kind' | 'duration' | 'slow'> {
  /** Why the circuit refuses. */
  readonly because: Because;
}

/** In shadow mode, the circuit would have opened. */
export interface WouldOpenEvent
  extends EventOf<'wouldOpen'>,
    Without<'from' | 'to' | 'outcome' | 'kind' | 'duration' | 'slow'> {
  /** The rule that would have opened it, and the numbers it decided on. */
  readonly because: Because;
}

/** An operator changed the mode. */
export interface ModeEvent extends EventOf<'mode'>, Without<'because' | 'outcome' | 'kind' | 'duration' | 'slow'> {
  /** The mode before. */
  readonly from: Mode;

  /** The mode after. */
  readonly to: Mode;
}

/** A probe was never settled, and its place was reclaimed. */
export interface LostEvent
  extends EventOf<'lost'>,
    Without<'from' | 'to' | 'because' | 'outcome' | 'kind' | 'duration' | 'slow'> {}

/** A call was settled. Only for listeners that subscribed with `outcomes: true`. */
export interface OutcomeEvent extends EventOf<'outcome'>, Without<'from' | 'to' | 'because'> {
  /** What the call said about the dependency. */
  readonly outcome: Outcome;

  /** The kind of ending, if the ruling names one. */
  readonly kind?: string | undefined;

  /** How long the call took, in milliseconds; absent if it was not measured. */
  readonly duration?: Millis | undefined;

  /** Set if the rule counts the call as slow; absent if it was not slow or the rule does not count slow calls. */
  readonly slow?: true | undefined;
}

/**
 * Something that happened to a breaker, as plain data: it survives JSON and structured clones. A union discriminated by
 * `type`.
 */
export type BreakerEvent = MoveEvent | RejectEvent | WouldOpenEvent | ModeEvent | LostEvent | OutcomeEvent;
