import { subscribe, unsubscribe } from '../breaker/announce.ts';
import type { Breaker } from '../breaker/breaker.ts';
import type { Circuit, Subscription } from '../breaker/circuit.ts';
import { circuitOf, createBreaker } from '../breaker/create-breaker.ts';
import type { BreakerOptions } from '../breaker/options.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import { requireFunction, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Registry, RegistryOptions } from './registry.ts';

/**
 * Makes a bounded collection of breakers: one for each origin, tenant or route. When it is full the least recently used
 * closed circuit goes; only if none is closed, the one nearest its next attempt. Those whose mode an operator has changed
 * go last.
 *
 * @throws {TypeError | RangeError} for an option out of range; `get` throws what `createBreaker` does
 * @example
 * ```ts
 * const registry = createRegistry({ options: (origin) => ({ name: origin }) });
 * await registry.get('https://tiles.example').run(() => fetch('https://tiles.example/1/2/3'));
 * ```
 */
export function createRegistry(options: RegistryOptions): Registry {
  requireOptions('createRegistry', options, ['options', 'max']);
  requireFunction('createRegistry options', options.options);
  const { max = 1_000 } = options;
  requireWhole('createRegistry max', max);
  return new BoundedRegistry(options.options, max);
}

/** Maps keep the order of insertion, so the first key is the least recently used one. */
class BoundedRegistry implements Registry {
  readonly #optionsOf: (key: string) => BreakerOptions;
  readonly #max: number;
  readonly #closed = new Map<string, Breaker>();
  /** Kept apart, so that finding a closed circuit to forget takes no search past open ones. */
  readonly #troubled = new Map<string, Breaker>();
  readonly #subscriptions = new Set<Subscription>();

  constructor(optionsOf: (key: string) => BreakerOptions, max: number) {
    this.#optionsOf = optionsOf;
    this.#max = max;
  }

  get size(): number {
    return this.#closed.size + this.#troubled.size;
  }

  get(key: string): Breaker {
    const breaker = this.peek(key) ?? this.#make(key);
    this.#place(key, breaker);
    return breaker;
  }

  peek(key: string): Breaker | undefined {
    return this.#closed.get(key) ?? this.#troubled.get(key);
  }

  delete(key: string): boolean {
    return this.#closed.delete(key) || this.#troubled.delete(key);
  }

  *[Symbol.iterator](): IterableIterator<Breaker> {
    yield* this.#closed.values();
    yield* this.#troubled.values();
  }

  subscribe(listener: (event: BreakerEvent) => void, options: { readonly outcomes?: boolean } = {}): () => void {
    requireFunction('subscribe', listener);
    let isOver = false;
    const subscription: Subscription = {
      // Breakers that were forgotten cannot be found again to tell them that nobody listens.
      listener: (event) => isOver || listener(event),
      outcomes: options.outcomes,
    };
    this.#subscriptions.add(subscription);
    for (const breaker of this) subscribe(circuitOf(breaker), subscription);
    return () => {
      isOver = true;
      this.#subscriptions.delete(subscription);
      for (const breaker of this) unsubscribe(circuitOf(breaker), subscription);
    };
  }

  #make(key: string): Breaker {
    const breaker = createBreaker(this.#optionsOf(key));
    if (this.size >= this.#max) this.#evict();
    const circuit = circuitOf(breaker);
    circuit.key = key;
    circuit.whenMoved = this.#moved;
    for (const subscription of this.#subscriptions) subscribe(circuit, subscription);
    return breaker;
  }

  /** One function for all of them, so that a breaker costs no closure. */
  readonly #moved = (circuit: Circuit): void => {
    const { key = '' } = circuit;
    const breaker = this.peek(key);
    // One that was forgotten lives on only for the calls that hold it.
    if (breaker && circuitOf(breaker) === circuit) this.#place(key, breaker);
  };

  /** Puts a breaker where its state belongs, as the most recently used. An operator's word is not to be forgotten either. */
  #place(key: string, breaker: Breaker): void {
    this.delete(key);
    const { current, mode } = circuitOf(breaker);
    (current.phase === 'closed' && mode === 'active' ? this.#closed : this.#troubled).set(key, breaker);
  }

  #evict(): void {
    const [closed] = this.#closed.keys();
    this.delete(closed ?? this.#nearestItsRetry());
  }

  /** Searches them all, which happens only while every single circuit is in trouble. */
  #nearestItsRetry(): string {
    let [nearest = ''] = this.#troubled.keys();
    let soonest = Infinity;
    for (const [key, { mode, retryAfter }] of this.#troubled) {
      if (mode !== 'active' || retryAfter >= soonest) continue;
      soonest = retryAfter;
      nearest = key;
    }
    return nearest;
  }
}
