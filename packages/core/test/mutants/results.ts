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
    '| folder | mutants | killed | share | of the killed, endless | besides, not loadable | commit |',
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

A mutant is the source with one small change: a \`<\` that became \`<=\`, a call left out, a number negated. One that lets
all tests pass shows something that no test holds. [Stryker](https://stryker-mutator.io) makes every mutant it knows of
every file in the folders below, none left out, and runs the tests that reach it. The run fails when a folder has less
than 95 % of its mutants killed, when a survivor is not explained in
[\`packages/core/mutants.md\`](../packages/core/mutants.md), or when that page explains one that no longer survives.

${table(results)}

An endless mutant is one that made tests run far beyond their time; a mutant with which a test file cannot be loaded
would fail every run too, but is left out of the shares, as Stryker does.

Made by this command, which is part of \`verify\`, last on ${new Date().toISOString().slice(0, 10)}:

\`\`\`text
npx -y pnpm@12.21.0 --filter @switchgear/core run mutants --write
\`\`\`

All folders together take the better part of an hour. \`run mutants window --write\` tries one and brings its line up to date, with the commit
that sources and tests were at. No mutant is remembered from one run to the next, as its fate hangs on more than its own
file. Properties are checked with one fixed seed here, so that a mutant does not survive on some days only.
`;
}
