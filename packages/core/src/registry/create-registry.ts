import { subscribe, unsubscribe } from '../breaker/announce.ts';
import type { Breaker } from '../breaker/breaker.ts';
import type { Circuit, Subscription } from '../breaker/circuit.ts';
import { circuitOf, createBreaker } from '../breaker/create-breaker.ts';
import type { BreakerOptions } from '../breaker/options.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import { requireFunction, requireOptions, requireWhole } from '../vocabulary/requirement.ts';

/** Options of {@link createRegistry}. */
export interface RegistryOptions {
  /** What the breaker of a key is made of. Asked once for each breaker that is made. */
  readonly options: (key: string) => BreakerOptions;

  /**
   * How many breakers are kept: a whole number of at least 1. Keys often come from outside, and memory does not grow
   * with them.
   *
   * @default 1_000
   */
  readonly max?: number;
}

/** Breakers by key, made when they are first asked for. Iterating gives the breakers, closed ones first. */
export interface Registry extends Iterable<Breaker> {
  /** The breaker of this key, made if there is none. */
  get(key: string): Breaker;

  /** The breaker of this key if there is one. It is not thereby used. */
  peek(key: string): Breaker | undefined;

  /** Forgets a breaker; calls in flight settle on it still. Says whether there was one. */
  delete(key: string): boolean;

  /** How many breakers there are. */
  readonly size: number;

  /**
   * Calls the listener after each event of any breaker here, those made later included. One that is forgotten is heard
   * for as long as calls hold it.
   *
   * @param options.outcomes whether to hear of each settled call too, which then costs each call; default false
   * @returns a function that ends the subscription
   * @throws {TypeError} for what is no function
   */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;
}

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
