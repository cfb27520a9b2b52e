import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Metrics, Mode, State } from '../vocabulary/state.ts';
import type { Clock, Millis } from '../vocabulary/time.ts';
import type { GivenSignal, OptionChanges } from './options.ts';
import type { AnyFunction, Overloaded, WrappedOverloads } from './wrapped.ts';

/** Permission to make one call. Settle it once; later settlements have no effect. */
export interface Permit {
  /** Whether the call is a probe, whose outcome helps decide if the circuit closes again. */
  readonly probe: boolean;

  /**
   * Reports how the call ended.
   *
   * @param ruling what the call says about the dependency
   * @param duration how long it took, in milliseconds, at least 0
   * @default duration the time since the permit was issued
   * @throws {TypeError | RangeError} if the outcome is unknown or the duration is out of range; the permit stays unsettled
   */
  settle(ruling: Outcome | Ruling, duration?: Millis): void;
}

/** A circuit breaker. */
export interface Breaker {
  /** The breaker's name in errors, events and metrics. */
  readonly name: string;

  /** The state at this moment. Reading it does not take up a probe. */
  readonly state: State;

  /** The mode that an operator has set; `'active'` at first. */
  readonly mode: Mode;

  /**
   * Whole milliseconds until a permit may be free: 0 if one is, `Infinity` while isolated, at least 1 for a caller who was
   * just refused.
   */
  readonly retryAfter: Millis;

  /**
   * Milliseconds after which the place of an unsettled probe is reclaimed. Time limits inside the breaker should be
   * shorter.
   */
  readonly permitTimeout: Millis;

  /** The breaker's clock: that of its options, or the runtime's. For adapters that measure calls or read HTTP dates. */
  readonly clock: Required<Pick<Clock, 'now' | 'wall'>>;

  /**
   * Makes the call if the circuit admits it. The call's own value or error is passed through unchanged.
   *
   * @param call makes the call; a promise of a call that has already been made is refused with a TypeError
   * @param options.signal the caller's signal. If it has already fired, the call is not made, no permit is taken and
   *   nothing is counted, whatever the state: the promise rejects with the signal's reason. A call that rejects after the
   *   signal fired is ignored, or a failure of kind `'timeout'` if the reason is a `TimeoutError` or has the code `ETIMEDOUT`
   * @throws {CircuitOpenError} (as a rejection) if the circuit refuses; the call was not made
   */
  run<T>(call: () => T | PromiseLike<T>, options?: { readonly signal?: GivenSignal }): Promise<T>;

  /**
   * Returns the same function behind this breaker: same arguments, same `this`, a promise of the same value. Type
   * parameters are kept; of an overloaded function, the last four signatures.
   *
   * @throws {TypeError} if `fn` is not a function
   */
  wrap<F extends AnyFunction>(fn: F & Overloaded<F>): WrappedOverloads<F>;
  wrap<This, Args extends unknown[], Value>(
    fn: (this: This, ...args: Args) => Value,
  ): (this: This, ...args: Args) => Promise<Awaited<Value>>;

  /**
   * Takes a permit to make one call, for hosts that cannot be wrapped.
   *
   * @throws {CircuitOpenError} if the circuit refuses
   */
  acquire(): Permit;

  /** Takes a permit to make one call; returns `undefined` if the circuit refuses. */
  tryAcquire(): Permit | undefined;

  /**
   * Records evidence without a permit: an error on an idle connection, a body that failed after its headers.
   * It counts while closed; otherwise it changes metrics only.
   *
   * @param duration how long it took, in milliseconds, at least 0
   * @throws {TypeError | RangeError} if the outcome is unknown or the duration is out of range
   */
  record(ruling: Outcome | Ruling, duration?: Millis): void;

  /**
   * Calls the listener after each event, in order. If a listener throws, the error is reported and has no other effect.
   *
   * @param options.outcomes whether to receive an event for each settled call too, which adds a cost to each call
   * @default options.outcomes false
   * @returns a function that ends the subscription
   * @throws {TypeError} if `listener` is not a function
   */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;

  /** Returns the counters as plain numbers, for dashboards and tests. Reading them changes nothing. */
  metrics(): Metrics;

  /**
   * Changes the mode. Entering a mode clears the evidence.
   *
   * @throws {TypeError} if the mode is unknown
   */
  setMode(mode: Mode): void;

  /**
   * Opens the circuit by hand. If it is already open, its open period is extended, never shortened, and there is no event.
   *
   * @param forMs how long it stays open from now, in milliseconds, at least 0
   * @default forMs the wait that `openFor` returns
   * @throws {RangeError | TypeError} if `forMs` is out of range
   */
  trip(forMs?: Millis): void;

  /** Sets the circuit half-open by hand. No effect if it already is. */
  halfOpen(): void;

  /**
   * Closes the circuit by hand and forgets its evidence, including any Retry-After. Calls under way no longer count: they
   * began before the reset.
   */
  reset(): void;

  /**
   * Changes options from the next call on; options that are not given stay as they are. Whatever does not change is kept:
   * the state, probes and their places, a detector's evidence, the stage of a ramp. A plug made again with the same
   * arguments is not a change. A new rule keeps the calls in the window if it sums the same measures; a new recovery starts
   * the half-open state afresh. An explicit `undefined` removes `classify`, `onError` or `vitals`. Name and clock cannot
   * change.
   *
   * @throws {TypeError | RangeError} if an option is out of range or unknown, or if name or clock differ; nothing is
   *   changed then
   */
  reconfigure(options: OptionChanges): void;

  /**
   * Counts an error and passes it to `onError`. For adapters, when a user's hook around this breaker throws.
   *
   * @param where the option or method that the hook was given to: `'onRefused'`
   */
  report(error: unknown, where: string): void;
}
