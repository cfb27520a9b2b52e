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

/** A mutant that no test noticed, identified by the code it changes, because line numbers change more often. */
export interface Survivor {
  readonly file: string;

  /** The line in which the change begins. */
  readonly line: string;
  readonly code: string;
  readonly became: string;
}

/** How many mutants there were, and how many of them the tests noticed. */
export interface Score {
  readonly killed: number;

  /** Those of the killed that made the tests run for ever, or as good as. */
  readonly endless: number;

  /** Those with which a test file could not even be loaded: every run would fail. They are left out of the score. */
  readonly broken: number;
  readonly all: number;
}

const SURVIVED: readonly string[] = ['Survived', 'NoCoverage'];

/** The mutants that no test noticed. */
export function survivorsOf({ files }: Report): Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => SURVIVED.includes(status))
      .map(({ location, replacement }) => ({
        file,
        line: short(lines[location.start.line - 1] ?? ''),
        code: short(textAt(lines, location)),
        became: short(replacement),
      }));
  });
}

/** The score of each folder under `src`. */
export function scoresOf({ files }: Report): Map<string, Score> {
  const scores = new Map<string, Score>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = file.split('/').slice(0, -1).join('/');
    const count = (...statuses: string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    const endless = count('Timeout');
    const killed = count('Killed') + endless;
    const score = { killed, endless, broken: count('RuntimeError'), all: killed + count(...SURVIVED) };
    scores.set(folder, sum([score, ...(scores.has(folder) ? [scores.get(folder) as Score] : [])]));
  }
  return scores;
}

/** All of them together. */
export function sum(scores: Iterable<Score>): Score {
  const all = { killed: 0, endless: 0, broken: 0, all: 0 };
  for (const score of scores)
    for (const each of ['killed', 'endless', 'broken', 'all'] as const) all[each] += score[each];
  return all;
}

/** Mutants that were neither killed nor spared: Stryker was told to leave them out, or could not make them. */
export function leftOut({ files }: Report): string[] {
  return Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => !['Killed', 'Timeout', 'RuntimeError', ...SURVIVED].includes(status))
      .map(({ status, location }) => `${status}: ${file}:${location.start.line}`),
  );
}

function textAt(lines: readonly string[], { start, end }: Mutant['location']): string {
  const text = lines.slice(start.line - 1, end.line);
  text.push((text.pop() ?? '').slice(0, end.column - 1));
  return [(text.shift() ?? '').slice(start.column - 1), ...text].join('\n');
}

/** Code on one line, cut off if it is long. */
export function short(code: string): string {
  const flat = code.replace(/\s+/g, ' ').trim();
  return flat.length > 100 ? `${flat.slice(0, 99)}…` : flat;
}
