import { circuitOf } from '../breaker/create-breaker.ts';
import type { Circuit, CircuitKeeper } from '../circuit/circuit.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { Instant } from '../vocabulary/time.ts';

/** What matters of an entry only while its circuit is in trouble. Most never are, and do without. */
export interface Trouble {
  /** When it was last asked for or moved, on its own clock. */
  askedAt: Instant;

  /** When it stops protecting anything unless it is used. A lower bound: use since then has moved the true time later. */
  staleAt: Instant;

  /** Its place in the queue. */
  index: number;
}

/** The order in which entries are given up. */
export interface EvictionOrder {
  /** Gives an entry its place anew, after its circuit has moved. */
  place(entry: Entry): void;
}

/** The breaker of a key, and where it stands in the orders by which a registry gives keys up. */
export class Entry implements CircuitKeeper {
  readonly key: string;
  readonly breaker: Breaker;
  readonly #order: EvictionOrder;

  /** The list it is in, and its neighbours there. */
  list: Recency | undefined = undefined;
  older: Entry | undefined = undefined;
  newer: Entry | undefined = undefined;

  /** When it was last asked for, counted in requests for keys. */
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
 * Entries in the order in which they were last used. A doubly linked list through the entries themselves: a `Map` that is
 * deleted from and set again keeps its holes until it is rebuilt, which makes a single hot key cost more the more keys
 * there are.
 */
export class Recency {
  size = 0;
  oldest: Entry | undefined = undefined;
  newest: Entry | undefined = undefined;

  /** Adds an entry as the one used last. It must be in no list. */
  add(entry: Entry): void {
    const { newest } = this;
    entry.list = this;
    entry.older = newest;
    if (newest) newest.newer = entry;
    else this.oldest = entry;
    this.newest = entry;
    this.size++;
  }

  /** Takes one of its entries out. */
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

  /** Makes one of its entries the one used last. */
  renew(entry: Entry): void {
    if (entry === this.newest) return;
    this.remove(entry);
    this.add(entry);
  }
}
