import { admit, permitOf, REFUSED, refusal, startOf } from '../call/admit.ts';
import { requireRuling, stoppedCall } from '../call/classify.ts';
import { handlersOf, rejected } from '../call/promise.ts';
import { record } from '../call/settle.ts';
import { subscribe } from '../circuit/announce.ts';
import type { Blueprint } from '../circuit/blueprint.ts';
import { Circuit, NO_PROBE } from '../circuit/circuit.ts';
import { wallTime } from '../circuit/clock.ts';
import { peek } from '../circuit/dispatch.ts';
import { metricsOf, retryAfterOf } from '../circuit/metrics.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import type { GivenSignal, OptionChanges } from '../contract/options.ts';
import type { AnyFunction, Overloaded, WrappedOverloads } from '../contract/wrapped.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { requireFunction, requireNumber, requireOneOf } from '../vocabulary/requirement.ts';
import { type Metrics, MODES, type Mode, type State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import { adoptBlueprint, forgetAll, order, reconfigure, switchMode } from './operate.ts';

/** The breaker that callers hold. Its circuit is private. */
export class CircuitBreaker implements Breaker {
  readonly name: string;
  readonly #circuit: Circuit;

  constructor(name: string, blueprint: Blueprint) {
    this.name = name;
    this.#circuit = new Circuit(name, blueprint);
    adoptBlueprint(this.#circuit);
  }

  /** The circuit behind a breaker, for functions of this package that are not part of the contract. */
  static circuitOf(breaker: Breaker): Circuit | undefined {
    return breaker instanceof CircuitBreaker ? breaker.#circuit : undefined;
  }

  get state(): State {
    const circuit = this.#circuit;
    return peek(circuit, 'look', circuit.now()).state.phase;
  }

  get mode(): Mode {
    return this.#circuit.mode;
  }

  get retryAfter(): Millis {
    return retryAfterOf(this.#circuit);
  }

  get permitTimeout(): Millis {
    return this.#circuit.blueprint.options.permitTimeout;
  }

  get clock(): Breaker['clock'] {
    const { now, blueprint } = this.#circuit;
    return { now, wall: () => wallTime(blueprint.options.clock) };
  }

  run<T>(call: () => T | PromiseLike<T>, options?: { readonly signal?: GivenSignal }): Promise<T> {
    const signal = options?.signal;
    // The common call has no signal, and is not even asked about one.
    const stopped = signal || typeof call !== 'function' ? stoppedCall(call, signal) : undefined;
    if (stopped) return rejected(stopped.reason);
    const circuit = this.#circuit;
    const started = startOf(circuit);
    const id = circuit.isFastPath ? NO_PROBE : admit(circuit, started);
    if (id === REFUSED) return rejected(refusal(circuit, started));
    const { succeeded, failed } = handlersOf(circuit, id, started, signal);
    let ending: Promise<T>;
    try {
      ending = Promise.resolve(call());
    } catch (error) {
      ending = Promise.reject(error);
    }
    // One derived promise with both handlers, so that the caller stays in the async stack trace and an unhandled rejection
    // is still reported. Like `await`, it ignores an own `then` of a native promise.
    return Promise.prototype.then.call(ending, succeeded, failed) as Promise<T>;
  }

  wrap<F extends AnyFunction>(fn: F & Overloaded<F>): WrappedOverloads<F>;
  wrap<This, Args extends unknown[], Value>(
    fn: (this: This, ...args: Args) => Value,
  ): (this: This, ...args: Args) => Promise<Awaited<Value>>;
  wrap(fn: (...args: unknown[]) => unknown): unknown {
    requireFunction('wrap', fn);
    const breaker = this;
    return function (this: unknown, ...args: unknown[]): Promise<unknown> {
      return breaker.run(() => fn.apply(this, args));
    };
  }

  acquire(): Permit {
    const circuit = this.#circuit;
    const started = startOf(circuit);
    const permit = permitOf(circuit, started);
    if (!permit) throw refusal(circuit, started);
    return permit;
  }

  tryAcquire(): Permit | undefined {
    const circuit = this.#circuit;
    return permitOf(circuit, startOf(circuit));
  }

  record(ruling: Outcome | Ruling, duration?: Millis): void {
    const checked = requireRuling('record', ruling, duration);
    record(this.#circuit, checked, duration);
  }

  subscribe(listener: (event: BreakerEvent) => void, options: { readonly outcomes?: boolean } = {}): () => void {
    requireFunction('subscribe', listener);
    return subscribe(this.#circuit, { listener, outcomes: options.outcomes });
  }

  metrics(): Metrics {
    return metricsOf(this.#circuit);
  }

  setMode(mode: Mode): void {
    requireOneOf('mode', mode, MODES);
    switchMode(this.#circuit, mode);
  }

  trip(forMs?: Millis): void {
    if (forMs !== undefined) requireNumber('trip', forMs, 0);
    order(this.#circuit, 'open', 'trip', forMs);
  }

  halfOpen(): void {
    order(this.#circuit, 'half-open', 'halfOpen');
  }

  reset(): void {
    order(this.#circuit, 'closed', 'reset');
    forgetAll(this.#circuit);
  }

  reconfigure(changes: OptionChanges): void {
    reconfigure(this.#circuit, changes);
  }

  report(error: unknown, where: string): void {
    this.#circuit.report(error, where);
  }
}
