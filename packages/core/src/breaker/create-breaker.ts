import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { refuse, requireFunction, requireNumber, requireOneOf } from '../vocabulary/requirement.ts';
import { MODES, type Mode, type State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { admit, countRefusal, REFUSED, refusal, rejectLater, retryAfterOf } from './admission.ts';
import type { AbortState, Breaker, Metrics, Permit } from './breaker.ts';
import { CallPermit } from './call-permit.ts';
import { Circuit } from './circuit.ts';
import { HandlerPool } from './handlers.ts';
import { isVerdict } from './judge.ts';
import { metricsOf } from './metrics.ts';
import { type BreakerOptions, resolveOptions } from './options.ts';
import { reconfigure } from './reconfigure.ts';
import { settle } from './settlement.ts';
import { UNTIMED } from './untimed.ts';

/**
 * Makes a circuit breaker. It starts closed, holds no timer and keeps no process alive.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value, for any option out of range or unknown
 * @example
 * ```ts
 * const payments = createBreaker({ name: 'payments' });
 * const answer = await payments.run(() => fetch('https://payments.example/health'));
 * ```
 */
export function createBreaker(options: BreakerOptions): Breaker {
  return new CircuitBreaker(new Circuit(resolveOptions(options)));
}

/** What callers hold: the circuit seen from outside. */
export class CircuitBreaker implements Breaker {
  /** The circuit behind a breaker, for functions of this package that are not every breaker's business. */
  static circuitOf(breaker: Breaker): Circuit {
    const ours = typeof breaker === 'object' && breaker !== null && #circuit in breaker;
    return ours ? breaker.#circuit : refuse('breaker', 'made by createBreaker of this copy of the package', breaker);
  }

  readonly #circuit: Circuit;
  readonly #handlers: HandlerPool;

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
    this.#handlers = new HandlerPool(circuit);
  }

  get name(): string {
    return this.#circuit.options.name;
  }

  get state(): State {
    return this.#circuit.at(this.#circuit.clock.now()).phase;
  }

  get mode(): Mode {
    return this.#circuit.mode;
  }

  get retryAfter(): Millis {
    return retryAfterOf(this.#circuit, this.#circuit.clock.now());
  }

  run<T>(call: () => T | PromiseLike<T>, options?: { readonly signal?: AbortState | undefined }): Promise<T> {
    const circuit = this.#circuit;
    const started = circuit.clock.atStart();
    const id = circuit.plain ? 0 : admit(circuit, started);
    if (id === REFUSED) return rejectLater(refusal(circuit, started));
    const { succeeded, failed } = this.#handlers.of(id, started, options?.signal);
    let ending: Promise<T>;
    try {
      ending = Promise.resolve(call());
    } catch (error) {
      ending = Promise.reject(error);
    }
    // One derived promise, both handlers at once: the caller stays in the async stack, and an ignored rejection is reported.
    return ending.then(succeeded, failed);
  }

  wrap<This, Args extends unknown[], T>(
    fn: (this: This, ...args: Args) => T | PromiseLike<T>,
  ): (this: This, ...args: Args) => Promise<T> {
    requireFunction('wrap', fn);
    const breaker = this;
    return function (this: This, ...args: Args): Promise<T> {
      return breaker.run(() => fn.apply(this, args));
    };
  }

  acquire(): Permit {
    const started = this.#circuit.clock.atStart();
    const permit = this.#permit(started);
    if (!permit) throw refusal(this.#circuit, started);
    return permit;
  }

  tryAcquire(): Permit | undefined {
    const started = this.#circuit.clock.atStart();
    const permit = this.#permit(started);
    if (!permit) countRefusal(this.#circuit, started);
    return permit;
  }

  #permit(started: Instant): Permit | undefined {
    const circuit = this.#circuit;
    const id = circuit.plain ? 0 : admit(circuit, started);
    return id === REFUSED ? undefined : new CallPermit(circuit, { generation: circuit.state.generation, id, started });
  }

  record(verdict: Outcome | Ruling, duration: Millis = UNTIMED): void {
    if (!isVerdict(verdict)) refuse('record', 'an outcome or a ruling', verdict);
    if (!Number.isNaN(duration)) requireNumber('record duration', duration, 0);
    const circuit = this.#circuit;
    const { generation, phase } = circuit.state;
    // Evidence without a permit is no probe: half-open it is a late answer to nobody's question.
    const era = phase === 'closed' ? generation : -1;
    settle(circuit, { generation: era, id: 0, started: UNTIMED }, verdict, circuit.clock.now(), duration);
  }

  subscribe(listener: (event: BreakerEvent) => void, options: { readonly outcomes?: boolean } = {}): () => void {
    requireFunction('subscribe', listener);
    const circuit = this.#circuit;
    const unsubscribe = circuit.announcer.subscribe(listener, options.outcomes === true);
    circuit.attend();
    return () => {
      unsubscribe();
      circuit.attend();
    };
  }

  metrics(): Metrics {
    return metricsOf(this.#circuit);
  }

  setMode(mode: Mode): void {
    this.#circuit.setMode(requireOneOf('mode', mode, MODES));
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
    this.#circuit.evidence.clear(this.#circuit.clock.now());
  }

  #force(to: State, rule: string, wait?: Millis): void {
    this.#circuit.dispatch({
      type: 'force',
      at: this.#circuit.clock.now(),
      to,
      rule,
      ...(wait !== undefined && { wait }),
    });
  }

  reconfigure(changes: Partial<BreakerOptions>): void {
    reconfigure(this.#circuit, changes);
  }

  report(error: unknown, where: string): void {
    this.#circuit.errors.report(error, where);
  }
}
