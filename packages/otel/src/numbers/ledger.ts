import { BoundedWords } from './bounded-words.ts';
import { Series } from './series.ts';

/** How many words may become series: a whole number of each. */
export interface LedgerBounds {
  readonly maxNames: number;
  readonly maxKinds: number;
}

/** The numbers of all breakers that one meter is told of, by their names. */
export class Ledger {
  readonly #kinds = new BoundedWords();
  readonly #reasons = new BoundedWords();
  readonly #names = new BoundedWords();
  readonly #series = new Map<string, Series>();

  /** Bounds only widen: what has series of its own keeps them. */
  widen({ maxNames, maxKinds }: LedgerBounds): void {
    this.#names.raise(maxNames);
    this.#kinds.raise(maxKinds);
    this.#reasons.raise(maxKinds);
  }

  /** The numbers of that name; beyond the bound, those that all others share. */
  of(name: string): Series {
    return this.#series.get(name) ?? this.#admit(name);
  }

  /** A kind of failure, as far as kinds are told apart. */
  kind(kind: string | undefined): string {
    return this.#kinds.of(kind);
  }

  /** A rule as a reason, as far as those are told apart. */
  reason(rule: string | undefined): string {
    return this.#reasons.of(rule);
  }

  [Symbol.iterator](): Iterator<Series> {
    return this.#series.values();
  }

  #admit(name: string): Series {
    const word = this.#names.of(name);
    const series = this.#series.get(word) ?? new Series(word);
    this.#series.set(word, series);
    return series;
  }
}
