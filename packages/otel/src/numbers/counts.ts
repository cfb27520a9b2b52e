import type { Attributes } from '@opentelemetry/api';

/** A number that only rises, and what it is of. */
interface Count {
  readonly attributes: Attributes;
  value: number;
}

/** Counted here and read at each collection: a number in a map costs a call a tenth of what an SDK's counter would. */
export class Counts {
  readonly #counts = new Map<string, Count>();

  /** So many more of these. The attributes are made for the first. */
  add(key: string, attributes: () => Attributes, more: number = 1): void {
    const count = this.#counts.get(key);
    if (count) count.value += more;
    else this.#counts.set(key, { attributes: attributes(), value: more });
  }

  [Symbol.iterator](): Iterator<Readonly<Count>> {
    return this.#counts.values();
  }
}
