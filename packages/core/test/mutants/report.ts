/** One mutant as Stryker reports it. */
export interface Mutant {
  readonly status: string;
  readonly replacement: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Stryker's report: https://github.com/stryker-mutator/mutation-testing-elements, as far as it is read here. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** A mutant that no test noticed, told by the code it changes: lines move, what they say stays longer. */
export interface Survivor {
  readonly file: string;

  /** The line in which the change begins. */
  readonly line: string;
  readonly code: string;
  readonly became: string;
}

/** How many mutants there were, and how many of them a test noticed. */
export interface Score {
  readonly killed: number;
  readonly all: number;
}

const KILLED = new Set(['Killed', 'Timeout']);
const SURVIVED = new Set(['Survived', 'NoCoverage']);

/** The mutants that no test noticed. */
export function survivorsOf({ files }: Report): Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => SURVIVED.has(status))
      .map(({ location, replacement }) => ({
        file,
        line: short(lines[location.start.line - 1] ?? ''),
        code: short(textAt(lines, location)),
        became: short(replacement),
      }));
  });
}

/** The score of each folder under `src`. A mutant that does not run is no mutant. */
export function scoresOf({ files }: Report): Map<string, Score> {
  const scores = new Map<string, Score>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = file.split('/').slice(0, -1).join('/');
    const { killed, all } = scores.get(folder) ?? { killed: 0, all: 0 };
    const noticed = mutants.filter(({ status }) => KILLED.has(status)).length;
    const missed = mutants.filter(({ status }) => SURVIVED.has(status)).length;
    scores.set(folder, { killed: killed + noticed, all: all + noticed + missed });
  }
  return scores;
}

function textAt(lines: readonly string[], { start, end }: Mutant['location']): string {
  const text = lines.slice(start.line - 1, end.line);
  text.push((text.pop() ?? '').slice(0, end.column - 1));
  return [(text.shift() ?? '').slice(start.column - 1), ...text].join('\n');
}

/** Code on one line, cut where it gets long. */
export function short(code: string): string {
  const flat = code.replace(/\s+/g, ' ').trim();
  return flat.length > 100 ? `${flat.slice(0, 99)}…` : flat;
}
