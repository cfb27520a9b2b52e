import type { Repository } from '../repository/repository.ts';
import { lineOf, type Source } from '../repository/syntax.ts';

/** A place where a law is broken. */
export interface Violation {
  /** `packages/core/src/contract/options.ts`, with `:12` where a line is known. */
  readonly where: string;
  /** What is wrong, and where it is not obvious, what to do. */
  readonly what: string;
}

/** A rule about the text of this repository. */
export interface Law {
  /** The rule as a sentence: it names the test. */
  readonly name: string;
  check(repository: Repository): Iterable<Violation>;
}

/** A violation at a position of a source. */
export function at(source: Source, position: number, what: string): Violation {
  return { where: `${source.path}:${lineOf(source.text, position)}`, what };
}
