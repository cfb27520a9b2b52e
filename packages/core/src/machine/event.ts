import type { Verdict } from '../vocabulary/because.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

interface Moment {
  readonly at: Instant;

  /** A number drawn for this event, from 0 up to but not including 1. */
  readonly luck: number;

  /** Milliseconds a server has lately asked us to stay away for. */
  readonly retryAfter?: Millis;
}

/** A caller asks for leave to make a call. */
export interface Acquire extends Moment {
  readonly type: 'acquire';
}

/** A call that was let through while half-open came back. */
export interface Settle extends Moment {
  readonly type: 'settle';
  readonly generation: number;
  readonly id: number;
  readonly outcome: Outcome;
  readonly slow: boolean;
  readonly duration: Millis;
  readonly kind?: string | undefined;
}

/** The detector has seen enough. */
export interface Judged extends Moment {
  readonly type: 'judged';
  readonly verdict: Verdict;
}

/** An operator moves the circuit by hand. */
export interface Force extends Moment {
  readonly type: 'force';
  readonly to: 'closed' | 'open' | 'half-open';
  readonly rule: string;

  /** How long to stay open; as long as `openFor` says if absent. */
  readonly wait?: Millis | undefined;
}

/** Nothing but time has passed. */
export interface Look extends Moment {
  readonly type: 'look';
}

/** Everything that can happen to a circuit. */
export type CircuitEvent = Acquire | Settle | Judged | Force | Look;
