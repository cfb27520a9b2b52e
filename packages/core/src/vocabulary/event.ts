import type { Outcome } from './outcome.ts';
import type { Because, Mode, State } from './state.ts';
import type { Instant, Millis } from './time.ts';

/** What every event says. */
interface EventOf<Type extends string> {
  readonly type: Type;

  /** The breaker's name. */
  readonly breaker: string;

  /** When, on the breaker's clock, whose origin means nothing. {@link loggable} makes a date of it. */
  readonly at: Instant;
}

/** Names of details that an event of another type has. They are undefined here, so that a listener may take events apart. */
type Without<Names extends string> = { readonly [Name in Names]?: undefined };

/** The state changed. */
export interface MoveEvent extends EventOf<'move'>, Without<'outcome' | 'kind' | 'duration' | 'slow'> {
  /** The state that was left. */
  readonly from: State;

  /** The state that was entered. */
  readonly to: State;

  /** Which rule moved it, on which numbers, and when the next attempt may be made. */
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
  /** Which rule would have opened it, on which numbers. */
  readonly because: Because;
}

/** An operator changed the mode. */
export interface ModeEvent extends EventOf<'mode'>, Without<'because' | 'outcome' | 'kind' | 'duration' | 'slow'> {
  /** The mode that was left. */
  readonly from: Mode;

  /** The mode that was entered. */
  readonly to: Mode;
}

/** A probe was never settled, and its place was reclaimed. */
export interface LostEvent
  extends EventOf<'lost'>,
    Without<'from' | 'to' | 'because' | 'outcome' | 'kind' | 'duration' | 'slow'> {}

/** A call was settled; only for listeners that asked for outcomes. */
export interface OutcomeEvent extends EventOf<'outcome'>, Without<'from' | 'to' | 'because'> {
  /** What the call said about the dependency. */
  readonly outcome: Outcome;

  /** What kind of ending it was, where a classifier said. */
  readonly kind?: string | undefined;

  /** How long the call took, in milliseconds, where it was measured. */
  readonly duration?: Millis | undefined;

  /** Whether it took so long that the rule counts it as slow; absent where it did not, or the rule counts no slow calls. */
  readonly slow?: true | undefined;
}

/**
 * Something that happened to a breaker, as plain data: it survives JSON and structured clones. Ask for the `type` first,
 * and the compiler knows the rest.
 */
export type BreakerEvent = MoveEvent | RejectEvent | WouldOpenEvent | ModeEvent | LostEvent | OutcomeEvent;
