import { execFileSync } from 'node:child_process';
import { type Score, sum } from './report.ts';

/** The score of a folder, and the commit that sources and tests were at. */
export type Result = Score & { readonly commit: string };

/** The result of each folder and of all, as a Markdown table. */
export function table(results: ReadonlyMap<string, Result>): string {
  const rows = [...results]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([folder, result]) => row(`\`${folder}\``, result));
  return [
    '| folder | mutants | killed | share | killed by a timeout | not loaded | commit |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    row('all', { ...sum(results.values()), commit: '' }),
  ].join('\n');
}

function row(name: string, { killed, endless, broken, all, commit }: Result): string {
  const share = all === 0 ? 'none to kill' : `${((100 * killed) / all).toFixed(1)} %`;
  return `| ${name} | ${all} | ${killed} | ${share} | ${endless} | ${broken} | ${commit.slice(0, 7)} |`;
}

/** The results that a page holds. */
export function resultsIn(page: string): Map<string, Result> {
  const rows = page.matchAll(/^\| `(.+)` \| (\d+) \| (\d+) \| .* \| (\d+) \| (\d+) \| (\w*) \|$/gm);
  return new Map(
    [...rows].map(([, folder = '', all, killed, endless, broken, commit = '']) => [
      folder,
      { all: Number(all), killed: Number(killed), endless: Number(endless), broken: Number(broken), commit },
    ]),
  );
}

/** The commit that sources and tests are at. Results of uncommitted changes prove nothing. */
export function commitUnderTest(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  if (git('status', '--porcelain', '--', 'src', 'test') !== '') throw new Error('commit src and test first');
  return git('log', '-1', '--format=%H', '--', 'src', 'test');
}

/** The page of results: what was found, by which command, at which commit. */
export function proofs(results: ReadonlyMap<string, Result>): string {
  return `# What the tests of core notice

A mutant is the source with one small change: a \`<\` that became \`<=\`, a call left out, a number negated. A mutant that
survives, because all tests pass, shows something that no test checks. [Stryker](https://stryker-mutator.io) makes every mutant
it knows, of every file in the folders below, and runs the tests that reach it. The run fails if

- fewer than 95 % of a folder's mutants are killed;
- a survivor is not explained in [\`packages/core/mutants.md\`](../packages/core/mutants.md);
- that page explains one that no longer survives.

${table(results)}

A mutant that times out made tests run far beyond their time. A mutant with which a test file cannot be loaded is left out of the
shares, as Stryker does.

Made by this command, which is part of \`verify\`, last on ${new Date().toISOString().slice(0, 10)}:

\`\`\`text
npx -y pnpm@12.21.0 --filter @switchgear/core run mutants --write
\`\`\`

All folders together take the better part of an hour. \`run mutants window --write\` runs one folder and updates its line, with the
commit of sources and tests. Nothing is cached from one run to the next, because a mutant's result depends on more than its own
file. Properties use one fixed seed here, so that the result does not vary from day to day.
`;
}
