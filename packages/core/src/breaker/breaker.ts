import type { Evidence } from '../vocabulary/because.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Mode, State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { BreakerOptions } from './options.ts';
import type { AnyFunction, Overloaded, WrappedOverloads } from './wrapped.ts';

/** As much of an `AbortSignal` as a breaker looks at. */
export interface AbortState {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** Leave to make one call. Settle it once; later settlements do nothing. */
export interface Permit {
  /** Whether this call decides if the circuit closes again. */
  readonly probe: boolean;

  /**
   * Says how the call ended.
   *
   * @param verdict what the call said about the dependency
   * @param duration milliseconds it took; measured from the permit's issue when absent
   */
  settle(verdict: Outcome | Ruling, duration?: Millis): void;
}

/** What a breaker knows of itself, as plain numbers. Reading it changes nothing. */
export interface Metrics {
  readonly state: State;
  readonly mode: Mode;

  /** Settled calls in the window while closed, settled probes while half-open; 0 while open. Ignored calls are not among them. */
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;

  /** Calls since the last move that said nothing about the dependency. */
  readonly ignored: number;

  /** Calls refused since the last move. */
  readonly rejected: number;

  /** Share of failures, or `null` while the rule has too few calls to judge. */
  readonly failureRate: number | null;

  /** Share of slow calls, or `null` while the rule has too few calls to judge or judges no slowness. */
  readonly slowCallRate: number | null;

  /** Calls that ended after their era: begun before a move, settled after it. They decide nothing. */
  readonly late: number;

  /** Probes whose place was reclaimed because nobody settled them. */
  readonly lost: number;

  /** Listeners, classifiers and plugs that threw. */
  readonly errors: number;

  /** What the last opening was decided on. */
  readonly evidence?: Evidence;
}

/** A circuit breaker. */
export interface Breaker {
  readonly name: string;

  /** Where the circuit stands now, derived from the time. Reading it takes no probe. */
  readonly state: State;

  readonly mode: Mode;

  /**
   * Milliseconds until a permit may be free: 0 when one is, `Infinity` while isolated, at least 1 for a caller just refused.
   */
  readonly retryAfter: Millis;

  /**
   * Makes the call if the circuit admits it. The call's own value or error comes through untouched.
   *
   * @param options.signal the caller's signal: a call that rejects after it aborted is ignored, or a failure of
   *   kind `'timeout'` when the reason is a `TimeoutError`
   * @throws {CircuitOpenError} (as a rejection) when the circuit refuses; the call was not made
   */
  run<T>(call: () => T | PromiseLike<T>, options?: { readonly signal?: AbortState | undefined }): Promise<T>;

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
   */
  record(verdict: Outcome | Ruling, duration?: Millis): void;

  /** Calls the listener after each event, in order. A listener that throws is reported and changes nothing. */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;

  /** Plain numbers for dashboards and tests. */
  metrics(): Metrics;

  /** Changes the mode. Entering a mode clears the evidence. */
  setMode(mode: Mode): void;

  /** Opens the circuit by hand, for `forMs` milliseconds or as long as `openFor` says. Nothing happens if it is open. */
  trip(forMs?: Millis): void;

  /** Sends the circuit half-open by hand. Nothing happens if it is. */
  halfOpen(): void;

  /** Closes the circuit by hand and forgets its evidence. */
  reset(): void;

  /**
   * Lays options over those the breaker has, from the next call on. The state stays where it is, and so does the
   * evidence where the window and what the rule has summed remain the same. Name and clock cannot change.
   *
   * @throws {TypeError | RangeError} as `createBreaker` does; then nothing has changed
   */
  reconfigure(options: Partial<BreakerOptions>): void;

  /** For adapters: something hooked in around this breaker has thrown. Counted, and passed to `onError`. */
  report(error: unknown, where: string): void;
}
