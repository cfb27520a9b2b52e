import { circuitOf, createBreaker } from '../breaker/create-breaker.ts';
import { subscribe, unsubscribe } from '../circuit/announce.ts';
import type { Subscription } from '../circuit/circuit.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { BreakerOptions } from '../contract/options.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import { invalid, requireFunction, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import { Entry } from './entry.ts';
import { Ranks } from './ranks.ts';
import type { Registry, RegistryOptions } from './registry.ts';

/**
 * Makes a bounded collection of breakers by key: one for each origin, tenant or route.
 *
 * When it is full, it first evicts circuits that no longer protect anything: those long past their open period and unused
 * since. Then it evicts closed circuits, keys used only once before keys in use, and least recently used first. Open and
 * half-open circuits are evicted only if a fifth of the places or fewer is left to closed ones, and those in use last.
 * Circuits whose mode an operator has changed go after all others.
 *
 * @throws {TypeError | RangeError} if an option is out of range or unknown; `get` throws what `createBreaker` does
 * @example
 * ```ts
 * const registry = createRegistry({ options: (origin) => ({ name: origin }) });
 * await registry.get('https://tiles.example').run(() => fetch('https://tiles.example/1/2/3'));
 * ```
 */
export function createRegistry(options: RegistryOptions): Registry {
  return makeRegistry(options, createBreaker);
}

/** Joins the breakers of a registry as they come, and leaves those that it forgets. */
export interface Joiner {
  join(breaker: Breaker): void;
  leave(breaker: Breaker): void;
}

/** Makes a registry whose breakers are made by this function. */
export function makeRegistry(options: RegistryOptions, make: (options: BreakerOptions) => Breaker): Registry {
  requireOptions('createRegistry', options, ['options', 'max']);
  requireFunction('createRegistry options', options.options);
  const { max = 1_000 } = options;
  requireWhole('createRegistry max', max);
  return new BoundedRegistry((key) => make(options.options(key)), max);
}

/** A registry that keeps at most `max` breakers. */
export class BoundedRegistry implements Registry {
  readonly #breakerFor: (key: string) => Breaker;
  readonly #max: number = 0;
  readonly #entries = new Map<string, Entry>();
  readonly #ranks: Ranks;
  readonly #subscriptions = new Set<Subscription>();
  readonly #joiners = new Set<Joiner>();
  /** Keys whose breakers are being made. */
  readonly #making = new Set<string>();

  constructor(breakerFor: (key: string) => Breaker, max: number) {
    this.#breakerFor = breakerFor;
    this.#max = max;
    this.#ranks = new Ranks(max);
  }

  /** Who joins the breakers of a registry, to add to; undefined if it was not made by this copy of the package. */
  static joinersOf(registry: unknown): Set<Joiner> | undefined {
    return registry instanceof BoundedRegistry ? registry.#joiners : undefined;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Breaker {
    const entry = this.#entries.get(key);
    if (!entry) return this.#make(key);
    this.#ranks.request(entry);
    return entry.breaker;
  }

  peek(key: string): Breaker | undefined {
    requireKey(key);
    return this.#entries.get(key)?.breaker;
  }

  delete(key: string): boolean {
    requireKey(key);
    const entry = this.#entries.get(key);
    if (entry) this.#forget(entry);
    return entry !== undefined;
  }

  /** Iterates over a copy, so that each breaker is visited once, whatever is made, used or forgotten meanwhile. */
  [Symbol.iterator](): IterableIterator<Breaker> {
    return this.#ranks
      .all()
      .map(({ breaker }) => breaker)
      .values();
  }

  subscribe(listener: (event: BreakerEvent) => void, options: { readonly outcomes?: boolean } = {}): () => void {
    requireFunction('subscribe', listener);
    let isOver = false;
    const subscription: Subscription = {
      // Forgotten breakers cannot be found again to unsubscribe from them.
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
    const breaker = this.#create(key);
    while (this.size >= this.#max) this.#forget(this.#ranks.next() as Entry);
    const entry = new Entry(key, breaker, this.#ranks);
    this.#entries.set(key, entry);
    this.#ranks.enter(entry);
    const { circuit } = entry;
    circuit.keeper = entry;
    for (const subscription of this.#subscriptions) subscribe(circuit, subscription);
    for (const joiner of this.#joiners) joiner.join(breaker);
    return breaker;
  }

  /** The user's function for options may call `get` for other keys, but not for the one that is being made. */
  #create(key: string): Breaker {
    requireKey(key);
    if (this.#making.has(key))
      invalid('createRegistry options', 'a function that does not call get for its own key', key);
    this.#making.add(key);
    try {
      return this.#breakerFor(key);
    } finally {
      this.#making.delete(key);
    }
  }

  #forget(entry: Entry): void {
    const { circuit } = entry;
    this.#entries.delete(entry.key);
    this.#ranks.leave(entry);
    // From now on only its callers hold it.
    circuit.keeper = undefined;
    for (const joiner of this.#joiners) joiner.leave(entry.breaker);
  }
}

function requireKey(key: unknown): void {
  if (typeof key !== 'string') invalid('registry key', 'a string', key);
}
