/** The latest few of many things: memory is fixed however many come. */
export class Ring<T> implements Iterable<T> {
  readonly #slots: T[] = [];
  readonly #size: number;
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** @returns what had to go for it */
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
