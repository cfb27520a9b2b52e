import type { Millis } from '@switchgear/core';
import type { Entry } from './history.ts';

/** The events in bounded memory. Iterating yields them without refused orders, oldest first. */
export class Timeline implements Iterable<Entry> {
  /** The number of the last entry. */
  last = 0;
  readonly #entries: Ring<Entry> = new Ring(300);
  /** Unauthorized orders, kept separately so that they cannot push out events. */
  readonly #refused: Ring<Entry> = new Ring(20);
  /** The number of the last dropped entry. */
  #forgotten = 0;

  enter(line: Omit<Entry, 'number' | 'at'>, at: Millis): Entry {
    const entry: Entry = { ...line, number: ++this.last, at };
    this.#forgotten = this.#entries.push(entry)?.number ?? this.#forgotten;
    return entry;
  }

  /** Records an unauthorized order. */
  refuse(breaker: string, says: string, at: Millis): void {
    this.#refused.push({ breaker, type: 'refused', says, number: ++this.last, at });
  }

  /** All entries after this number, oldest first; `undefined` if some of them were dropped. */
  after(number: number): Entry[] | undefined {
    if (number < this.#forgotten) return undefined;
    return this.all().filter((entry) => entry.number > number);
  }

  /** All entries, oldest first. */
  all(): Entry[] {
    return inOrder([...this.#entries, ...this.#refused]);
  }

  /** The given entries of one breaker together with its refused orders, oldest first. */
  withRefused(breaker: string, entries: Iterable<Entry>): Entry[] {
    return inOrder([...entries, ...[...this.#refused].filter((entry) => entry.breaker === breaker)]);
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }
}

function inOrder(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => a.number - b.number);
}

/** Keeps the latest items in fixed memory. */
export class Ring<T> implements Iterable<T> {
  readonly #slots: T[] = [];
  readonly #size: number;
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** @returns the item that was dropped for it */
  push(item: T): T | undefined {
    const gone = this.#slots[this.#next];
    this.#slots[this.#next] = item;
    this.#next = (this.#next + 1) % this.#size;
    return gone;
  }

  /** Oldest first. */
  *[Symbol.iterator](): IterableIterator<T> {
    const first = this.#slots.length < this.#size ? 0 : this.#next;
    for (let i = 0; i < this.#slots.length; i++) yield this.#slots[(first + i) % this.#size] as T;
  }
}
