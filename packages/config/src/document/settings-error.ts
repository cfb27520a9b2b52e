import type { Position } from './place.ts';

/** One thing that is wrong with a file. */
export interface Problem extends Partial<Position> {
  /** The file, as it was given; absent for a text without a name. */
  readonly file?: string | undefined;

  /** The path of the value, empty if it is about the whole file. */
  readonly path: string;

  /** What is wrong, the rule and an example: the text that people see, without file and line. */
  readonly what: string;
}

/** A problem as a line of text: `payments.yaml:19:25: openFor must be …`. */
export function lineOf({ file, line, column, what }: Problem): string {
  const where = [file, line, column].filter((part) => part !== undefined).join(':');
  return where === '' ? what : `${where}: ${what}`;
}

/** A file that cannot be used, with everything that is wrong with it. Nothing of it has been applied. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'ESETTINGS';

  /** All problems, in the order of the text. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(lineOf).join('\n'));
    this.problems = problems;
  }
}
