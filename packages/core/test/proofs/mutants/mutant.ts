/** A small mistake put into a source on purpose. A property that is worth its name fails over it. */
export interface Mutant {
  /** The file under `src`. */
  readonly file: string;

  /** Occurs there once. */
  readonly from: string;
  readonly to: string;

  /** What the mistake does. */
  readonly mistake: string;

  /** The tests that are about such things; the others are not asked. */
  readonly tests: readonly string[];
}

/** Mistakes in one file: what is replaced, by what, and what that does. */
export function inFile(
  file: string,
  tests: readonly string[],
  mistakes: readonly (readonly [from: string, to: string, mistake: string])[],
): Mutant[] {
  return mistakes.map(([from, to, mistake]) => ({ file, tests, from, to, mistake }));
}
