/** First in, first out, without moving anything: a list and where it begins. */
export class Queue<Item> {
  #items: Item[] = [];
  #begin = 0;

  get length(): number {
    return this.#items.length - this.#begin;
  }

  get first(): Item | undefined {
    return this.#items[this.#begin];
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  /** Takes out the first. There must be one. */
  take(): Item {
    const item = this.#items[this.#begin++] as Item;
    if (this.#begin > 1_000 && this.#begin * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#begin);
      this.#begin = 0;
    }
    return item;
  }

  /** Empties it. @returns what was in it, in order */
  clear(): readonly Item[] {
    const items = this.#items.slice(this.#begin);
    this.#items = [];
    this.#begin = 0;
    return items;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let i = this.#begin; i < this.#items.length; i++) yield this.#items[i] as Item;
  }
}
