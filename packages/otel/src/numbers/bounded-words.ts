/** What everything beyond a bound is called; OpenTelemetry's own conventions use it so. */
export const OTHER = '_OTHER';

/** Gives back a word, or {@link OTHER} where there is none or too many were seen before it. */
export type BoundedWords = (word: string | undefined) => string;

/** Lets the first `most` words pass. Attributes become series that nothing ever forgets, and words may come from outside. */
export function boundedWords(most: number): BoundedWords {
  const known = new Set<string>();
  return (word) => {
    if (word === undefined) return OTHER;
    if (known.has(word)) return word;
    if (known.size >= most) return OTHER;
    known.add(word);
    return word;
  };
}
