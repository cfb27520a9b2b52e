/** What everything beyond a bound is called; OpenTelemetry's own conventions use it so. */
export const OTHER = '_OTHER';

/** Lets the first `most` words pass. Attributes become series that nothing ever forgets, and words may come from outside. */
export class BoundedWords {
  readonly #known = new Set<string>();
  #most = 0;

  /** Lets this many pass from now on, unless it is more already. */
  raise(most: number): void {
    this.#most = Math.max(this.#most, most);
  }

  /** The word, or {@link OTHER} where there is none or too many were seen before it. */
  of(word: string | undefined): string {
    if (word === undefined) return OTHER;
    if (this.#known.has(word)) return word;
    if (this.#known.size >= this.#most) return OTHER;
    this.#known.add(word);
    return word;
  }
}
