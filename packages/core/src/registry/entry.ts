import { circuitOf } from '../breaker/create-breaker.ts';
import type { Circuit, CircuitKeeper } from '../circuit/circuit.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { Instant } from '../vocabulary/time.ts';

/** The part of an entry that is needed only while its circuit is in trouble, that is open or half-open. */
export interface Trouble {
  /** When the entry was last asked for or its circuit last moved, on the circuit's clock. */
  askedAt: Instant;

  /** When it stops protecting anything unless it is used. A lower bound, because later use moves the true time on. */
  staleAt: Instant;

  /** Its place in the queue. */
  index: number;
}

/** The order in which entries are evicted. */
export interface EvictionOrder {
  /** Updates the place of an entry after its circuit has moved. */
  place(entry: Entry): void;
}

/** The breaker of a key, and its place in the order of eviction. */
export class Entry implements CircuitKeeper {
  readonly key: string;
  readonly breaker: Breaker;
  readonly #order: EvictionOrder;

  /** The list it is in, and its neighbours there. */
  list: Recency | undefined = undefined;
  older: Entry | undefined = undefined;
  newer: Entry | undefined = undefined;

  /** When it was last asked for, as the number of that request. */
  asked = 0;
  /** Whether it has been asked for again after another key was. */
  returned = false;
  trouble: Trouble | undefined = undefined;

  constructor(key: string, breaker: Breaker, order: EvictionOrder) {
    this.key = key;
    this.breaker = breaker;
    this.#order = order;
  }

  circuitMoved(): void {
    this.#order.place(this);
  }

  get circuit(): Circuit {
    return circuitOf(this.breaker);
  }
}

/**
 * Entries in the order in which they were last used. A doubly linked list through the entries, because a `Map` whose keys
 * are deleted and set again keeps holes until it is rebuilt, so that a single hot key costs more the more keys there are.
 */
export class Recency {
  size = 0;
  oldest: Entry | undefined = undefined;
  newest: Entry | undefined = undefined;

  /** Adds an entry as the most recently used. It must not be in a list. */
  add(entry: Entry): void {
    const { newest } = this;
    entry.list = this;
    entry.older = newest;
    if (newest) newest.newer = entry;
    else this.oldest = entry;
    this.newest = entry;
    this.size++;
  }

  /** Removes one of its entries. */
  remove(entry: Entry): void {
    const { older, newer } = entry;
    if (older) older.newer = newer;
    else this.oldest = newer;
    if (newer) newer.older = older;
    else this.newest = older;
    entry.list = undefined;
    entry.older = undefined;
    entry.newer = undefined;
    this.size--;
  }

  /** Makes one of its entries the most recently used. */
  renew(entry: Entry): void {
    if (entry === this.newest) return;
    this.remove(entry);
    this.add(entry);
  }
}
