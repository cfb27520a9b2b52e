/** What an upstream once answered, as plain data: a `Response` belongs to the request that got it, and a Worker enforces that. */
export interface Copy {
  readonly body: string;
  readonly type: string;

  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How much is remembered. */
export interface CopiesOptions {
  /** How many copies; beyond that the least recently used goes. */
  readonly max: number;

  /** The longest body, in characters. Longer ones are not kept. */
  readonly longest: number;

  /** Milliseconds after which a copy is too old to be shown. */
  readonly oldest: number;
}

/** Last good answers by path, in memory and bounded, since paths come from outside. */
export class Copies {
  readonly #options: CopiesOptions;
  /** Maps keep the order of insertion, so the first key is the least recently used one. */
  readonly #copies = new Map<string, Copy>();

  constructor(options: CopiesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#copies.size;
  }

  keep(path: string, copy: Copy): void {
    this.#copies.delete(path);
    if (copy.body.length > this.#options.longest) return;
    this.#copies.set(path, copy);
    const [leastUsed] = this.#copies.keys();
    if (this.#copies.size > this.#options.max && leastUsed !== undefined) this.#copies.delete(leastUsed);
  }

  /** The copy of this path, if there is one and it is not too old by then. */
  find(path: string, at: number): Copy | undefined {
    const copy = this.#copies.get(path);
    if (!copy) return undefined;
    this.#copies.delete(path);
    if (at - copy.at > this.#options.oldest) return undefined;
    this.#copies.set(path, copy);
    return copy;
  }
}
