import type { Millis } from '@switchgear/core';
import type { Entry } from './entry.ts';
import { Ring } from './ring.ts';

/** What happened, in bounded memory. Iterated it is what happened alone, oldest first. */
export class Timeline implements Iterable<Entry> {
  /** The number of the last entry. */
  last = 0;
  readonly #entries: Ring<Entry> = new Ring(300);
  /** Orders of those who may not give any. Kept apart, so that they cannot push out what happened. */
  readonly #refused: Ring<Entry> = new Ring(20);
  /** The number of the last entry that had to go. */
  #forgotten = 0;

  enter(line: Omit<Entry, 'number' | 'at'>, at: Millis): Entry {
    const entry: Entry = { ...line, number: ++this.last, at };
    this.#forgotten = this.#entries.push(entry)?.number ?? this.#forgotten;
    return entry;
  }

  /** Remembers an order of somebody who may not give any. */
  refuse(breaker: string, says: string, at: Millis): void {
    this.#refused.push({ breaker, type: 'refused', says, number: ++this.last, at });
  }

  /** Everything on record after the entry of this number, oldest first; `undefined` if some of it is forgotten. */
  after(number: number): Entry[] | undefined {
    if (number < this.#forgotten) return undefined;
    return this.all().filter((entry) => entry.number > number);
  }

  /** Everything on record, oldest first. */
  all(): Entry[] {
    return inOrder([...this.#entries, ...this.#refused]);
  }

  /** Entries of one breaker, with those of its orders that were refused, oldest first. */
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
