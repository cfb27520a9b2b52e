import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Metrics, Mode, State } from '../vocabulary/state.ts';
import type { Clock, Millis } from '../vocabulary/time.ts';
import type { GivenSignal, OptionChanges } from './options.ts';
import type { AnyFunction, Overloaded, WrappedOverloads } from './wrapped.ts';

/** Leave to make one call. Settle it once; later settlements do nothing. */
export interface Permit {
  /** Whether this call decides if the circuit closes again. */
  readonly probe: boolean;

  /**
   * Says how the call ended.
   *
   * @param verdict what the call said about the dependency
   * @param duration milliseconds it took, at least 0; measured from the permit's issue when absent
   * @throws {TypeError | RangeError} for what is no outcome, or a duration out of range; the permit is then still unsettled
   */
  settle(verdict: Outcome | Ruling, duration?: Millis): void;
}

/** A circuit breaker. */
export interface Breaker {
  /** What it is called in errors, events and metrics. */
  readonly name: string;

  /** Where the circuit stands now, derived from the time. Reading it takes no probe. */
  readonly state: State;

  /** The operator's word. */
  readonly mode: Mode;

  /**
   * Whole milliseconds until a permit may be free: 0 when one is, `Infinity` while isolated, at least 1 for a caller just refused.
   */
  readonly retryAfter: Millis;

  /** Milliseconds after which the place of a probe that did not end is given on: no time limit inside should be longer. */
  readonly permitTimeout: Millis;

  /** The time it uses: the clock of its options, or the runtime's. For adapters that measure calls or read HTTP dates. */
  readonly clock: Required<Pick<Clock, 'now' | 'wall'>>;

  /**
   * Makes the call if the circuit admits it. The call's own value or error comes through untouched.
   *
   * @param call makes the call; a promise of a call that was made already is refused with a TypeError
   * @param options.signal the caller's signal. Has it fired already, the call is not made, no permit is asked for and
   *   nothing is counted, open circuit or not: the promise rejects with the signal's reason. A call that rejects after it
   *   aborted is ignored, or a failure of kind `'timeout'` when the reason is a `TimeoutError` or has the code `ETIMEDOUT`
   * @throws {CircuitOpenError} (as a rejection) when the circuit refuses; the call was not made
   */
  run<T>(call: () => T | PromiseLike<T>, options?: { readonly signal?: GivenSignal }): Promise<T>;

  /**
   * The same function behind this breaker: same arguments, same `this`, a promise of the same value. Type parameters are
   * kept, and of an overloaded function the last four signatures.
   *
   * @throws {TypeError} for what is no function
   */
  wrap<F extends AnyFunction>(fn: F & Overloaded<F>): WrappedOverloads<F>;
  wrap<This, Args extends unknown[], Value>(
    fn: (this: This, ...args: Args) => Value,
  ): (this: This, ...args: Args) => Promise<Awaited<Value>>;

  /**
   * Leave to make one call, for hosts that cannot be wrapped.
   *
   * @throws {CircuitOpenError} when the circuit refuses
   */
  acquire(): Permit;

  /** Leave to make one call, or `undefined` when the circuit refuses. */
  tryAcquire(): Permit | undefined;

  /**
   * Evidence without a permit: an error on an idle connection, a body that failed after its headers.
   * Counts while closed; otherwise it changes metrics only.
   *
   * @param duration milliseconds it took, at least 0
   * @throws {TypeError | RangeError} for what is no outcome, or a duration out of range
   */
  record(verdict: Outcome | Ruling, duration?: Millis): void;

  /**
   * Calls the listener after each event, in order. A listener that throws is reported and changes nothing.
   *
   * @param options.outcomes whether to hear of each settled call too, which then costs each call; default false
   * @returns a function that ends the subscription
   * @throws {TypeError} for what is no function
   */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;

  /** Plain numbers for dashboards and tests. */
  metrics(): Metrics;

  /**
   * Changes the mode. Entering a mode clears the evidence.
   *
   * @throws {TypeError} for what is no mode
   */
  setMode(mode: Mode): void;

  /**
   * Opens the circuit by hand, for `forMs` milliseconds or as long as `openFor` says. A circuit that is open stays so for
   * at least as long from now on; its time is never made shorter, and no event says so.
   *
   * @param forMs at least 0
   * @throws {RangeError | TypeError} for anything else
   */
  trip(forMs?: Millis): void;

  /** Sends the circuit half-open by hand. Nothing happens if it is. */
  halfOpen(): void;

  /**
   * Closes the circuit by hand and forgets its evidence, what servers asked for included. Calls under way are late: they
   * are no evidence of the time that begins now.
   */
  reset(): void;

  /**
   * Lays options over those the breaker has, from the next call on. What does not change goes on: state, probes and their
   * places, the evidence of a detector, what a ramp has reached. A plug made again of the same arguments is no change. Of
   * what changes, a new rule keeps what the window has seen where it sums the same; another recovery begins its stay anew.
   * An explicit `undefined` takes `classify`, `onError` or `vitals` away again. Name and clock cannot change.
   *
   * @throws {TypeError | RangeError} as `createBreaker` does; then nothing has changed
   */
  reconfigure(options: OptionChanges): void;

  /** For adapters: something hooked in around this breaker has thrown. Counted, and passed to `onError`. */
  report(error: unknown, where: string): void;
}
