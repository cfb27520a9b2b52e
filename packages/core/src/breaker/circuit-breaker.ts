import { rejected, stoppedCall } from '../call/abort.ts';
import { admit, CallPermit, REFUSED, refusal } from '../call/admit.ts';
import { requireRuling } from '../call/classify.ts';
import { passOf, settle, UNTIMED } from '../call/settle.ts';
import { announce, subscribe } from '../circuit/announce.ts';
import { beginEra, Circuit, forget } from '../circuit/circuit.ts';
import { dispatch, foresee } from '../circuit/dispatch.ts';
import { metricsOf } from '../circuit/metrics.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import type { GivenSignal, OptionChanges } from '../contract/options.ts';
import type { AnyFunction, Overloaded, WrappedOverloads } from '../contract/wrapped.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { requireFunction, requireNumber, requireOneOf } from '../vocabulary/requirement.ts';
import type { Metrics } from '../vocabulary/state.ts';
import { MODES, type Mode, type State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { reconfigure } from './reconfigure.ts';

/** What callers hold: a circuit with the doors of the contract. */
export class CircuitBreaker extends Circuit implements Breaker {
  get state(): State {
    return foresee(this, this.now()).state.phase;
  }

  get retryAfter(): Millis {
    const { mode } = this;
    if (mode !== 'active') return mode === 'isolated' ? Infinity : 0;
    const at = this.now();
    const { admitted, state } = foresee(this, at);
    return admitted === undefined ? Math.max(1, Math.ceil(state.until - at)) : 0;
  }

  get permitTimeout(): Millis {
    return this.blueprint.options.permitTimeout;
  }

  run<T>(call: () => T | PromiseLike<T>, options?: { readonly signal?: GivenSignal }): Promise<T> {
    const signal = options?.signal;
    const stopped = stoppedCall(call, signal);
    if (stopped) return rejected(stopped.reason);
    const started = this.#started();
    const id = this.plain ? 0 : admit(this, started);
    if (id === REFUSED) return rejected(refusal(this, started));
    const { succeeded, failed } = passOf(this, id, started, signal);
    let ending: Promise<T>;
    try {
      ending = Promise.resolve(call());
    } catch (error) {
      ending = Promise.reject(error);
    }
    // One derived promise, both ends at once: the caller stays in the async stack, and an ignored rejection is reported.
    // As `await` does it: a native promise that carries a `then` of its own is not asked.
    return Promise.prototype.then.call(ending, succeeded, failed) as Promise<T>;
  }

  /** The clock is what a call through a closed circuit costs most, so it is read only if somebody will use the answer. */
  #started(): Instant {
    return this.clockReads === 2 ? this.now() : UNTIMED;
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
    const started = this.#started();
    const permit = this.#permit(started);
    if (!permit) throw refusal(this, started);
    return permit;
  }

  tryAcquire(): Permit | undefined {
    return this.#permit(this.#started());
  }

  #permit(started: Instant): Permit | undefined {
    const id = this.plain ? 0 : admit(this, started);
    return id === REFUSED ? undefined : new CallPermit(this, this.current.generation, id, started);
  }

  record(verdict: Outcome | Ruling, duration?: Millis): void {
    const ruling = requireRuling('record', verdict, duration);
    const { generation, phase } = this.current;
    // Evidence without a permit is no probe: half-open it is a late answer to nobody's question.
    const call = { generation: phase === 'closed' ? generation : -1, id: 0, started: UNTIMED, vitals: undefined };
    settle(this, call, ruling, duration);
  }

  subscribe(listener: (event: BreakerEvent) => void, options: { readonly outcomes?: boolean } = {}): () => void {
    requireFunction('subscribe', listener);
    return subscribe(this, { listener, outcomes: options.outcomes });
  }

  metrics(): Metrics {
    return metricsOf(this);
  }

  setMode(mode: Mode): void {
    requireOneOf('mode', mode, MODES);
    if (mode === this.mode) return;
    const from = this.mode;
    const at = this.now();
    this.mode = mode;
    this.modeSince = at;
    this.shadowUntil = at;
    beginEra(this, at);
    this.whenMoved?.(this);
    announce(this, { type: 'mode', at, from, to: mode });
  }

  trip(forMs?: Millis): void {
    if (forMs !== undefined) requireNumber('trip', forMs, 0);
    this.#force('open', 'trip', forMs);
  }

  halfOpen(): void {
    this.#force('half-open', 'halfOpen');
  }

  reset(): void {
    this.#force('closed', 'reset');
    this.awayUntil = -Infinity;
    forget(this, this.now());
  }

  #force(to: State, rule: string, wait?: Millis): void {
    dispatch(this, { type: 'move', at: this.now(), to, verdict: { rule }, wait, ordered: true });
    // What an order has lengthened or ended is a move to those who sort by it.
    this.whenMoved?.(this);
  }

  reconfigure(changes: OptionChanges): void {
    reconfigure(this, changes);
  }
}
