import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Entry, Trouble } from './entry.ts';

/** The least time after its open period before an open circuit counts as stale, however short the period was. */
const LEAST_GRACE: Millis = 1_000;

/**
 * Open and half-open circuits in a binary heap, first the one that stops protecting anything soonest. Times are compared
 * directly, so the breakers of a registry are expected to share a clock.
 */
export class StaleQueue {
  readonly #heap: Entry[] = [];

  get first(): Entry | undefined {
    return this.#heap[0];
  }

  add(entry: Entry): void {
    entry.trouble = { askedAt: -Infinity, staleAt: 0, index: this.#heap.length };
    entry.trouble.staleAt = staleAtOf(entry);
    this.#rise(entry, entry.trouble.index);
  }

  remove(entry: Entry): void {
    const { index } = troubleOf(entry);
    const last = this.#heap.pop() as Entry;
    entry.trouble = undefined;
    if (last === entry) return;
    this.#rise(last, index);
    this.#sink(last, troubleOf(last).index);
  }

  /**
   * A circuit that is long past its open period and has not been asked for since. Requests do not move entries in the heap,
   * so an entry at the front that was asked for is moved back here: at most once per request.
   */
  stale(): Entry | undefined {
    for (let { first } = this; first; first = this.first) {
      const trouble = troubleOf(first);
      const now = first.circuit.now();
      // Written as a negation so that NaN ends the search.
      if (!(now >= trouble.staleAt)) return undefined;
      trouble.staleAt = staleAtOf(first);
      if (now >= trouble.staleAt) return first;
      this.#sink(first, 0);
    }
    return undefined;
  }

  #rise(entry: Entry, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#heap[above] as Entry;
      if (!isSooner(entry, parent)) break;
      this.#put(parent, index);
      index = above;
    }
    this.#put(entry, index);
  }

  #sink(entry: Entry, from: number): void {
    let index = from;
    for (;;) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      const child = left && right && isSooner(right, left) ? right : left;
      if (!child || !isSooner(child, entry)) break;
      const below = troubleOf(child).index;
      this.#put(child, index);
      index = below;
    }
    this.#put(entry, index);
  }

  #put(entry: Entry, index: number): void {
    this.#heap[index] = entry;
    troubleOf(entry).index = index;
  }
}

/** The trouble of an entry in the queue, which every one there has. */
function troubleOf(entry: Entry): Trouble {
  return entry.trouble as Trouble;
}

/** Which of two is first in the heap; if both are stale at the same time, the one asked for longer ago. */
function isSooner(one: Entry, other: Entry): boolean {
  const { staleAt } = troubleOf(one);
  const { staleAt: otherAt } = troubleOf(other);
  return staleAt < otherAt || (staleAt === otherAt && one.asked < other.asked);
}

/**
 * When a circuit stops protecting anything unless it is used. An open one would then let the next caller through anyway,
 * and has waited for that caller for as long again as it was open; the probes of a half-open one are lost.
 */
function staleAtOf(entry: Entry): Instant {
  const { current, blueprint } = entry.circuit;
  const { phase, since } = current;
  const until = phase === 'closed' ? since : current.until;
  const grace = phase === 'open' ? Math.max(until - since, LEAST_GRACE) : blueprint.options.permitTimeout;
  return Math.max(until, troubleOf(entry).askedAt) + grace;
}
