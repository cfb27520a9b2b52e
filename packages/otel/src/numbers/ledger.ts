import { type BoundedWords, boundedWords } from './bounded-words.ts';
import { Series } from './series.ts';

/** How many words may become series, and which numbers there are to be. */
export interface LedgerPlan {
  readonly maxNames: number;
  readonly maxKinds: number;

  /** Whether each settled call will be counted, or refusals only. */
  readonly calls: boolean;
}

/** The numbers of all breakers, by their names. */
export class Ledger {
  readonly kind: BoundedWords;
  readonly reason: BoundedWords;
  readonly #name: BoundedWords;
  readonly #series = new Map<string, Series>();

  readonly #calls: boolean;

  constructor({ maxNames, maxKinds, calls }: LedgerPlan) {
    this.#calls = calls;
    this.#name = boundedWords(maxNames);
    this.kind = boundedWords(maxKinds);
    this.reason = boundedWords(maxKinds);
  }

  /** The numbers of that name; beyond the bound, those that all others share. */
  of(name: string): Series {
    return this.#series.get(name) ?? this.#admit(name);
  }

  [Symbol.iterator](): Iterator<Series> {
    return this.#series.values();
  }

  #admit(name: string): Series {
    const word = this.#name(name);
    const series = this.#series.get(word) ?? new Series(word, this.#calls);
    this.#series.set(word, series);
    return series;
  }
}
