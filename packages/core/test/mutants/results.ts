import { execFileSync } from 'node:child_process';
import { type Score, sum } from './report.ts';

/** The score of each folder and of all, as a Markdown table. */
export function table(scores: ReadonlyMap<string, Score>): string {
  const rows = [...scores].sort(([a], [b]) => a.localeCompare(b)).map(([folder, score]) => row(`\`${folder}\``, score));
  return [
    '| folder | mutants | killed | share | of the killed, endless | besides, not loadable |',
    '|---|---|---|---|---|---|',
    ...rows,
    row('all', sum(scores.values())),
  ].join('\n');
}

function row(name: string, { killed, endless, broken, all }: Score): string {
  const share = all === 0 ? 'none to kill' : `${((100 * killed) / all).toFixed(1)} %`;
  return `| ${name} | ${all} | ${killed} | ${share} | ${endless} | ${broken} |`;
}

/** The commit that sources and tests are at. Results of changes that nobody else can see prove nothing. */
export function commitUnderTest(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  if (git('status', '--porcelain', '--', 'src', 'test') !== '') throw new Error('commit src and test first');
  return git('log', '-1', '--format=%H', '--', 'src', 'test');
}

/** The page of results: what was found, by which command, at which commit. */
export function proofs(scores: ReadonlyMap<string, Score>, commit: string): string {
  return `# What the tests of core notice

A mutant is the source with one small change: a \`<\` that became \`<=\`, a call left out, a number negated. One that lets
all tests pass shows something that no test holds. [Stryker](https://stryker-mutator.io) makes every mutant it knows of
every file in the folders below, none left out, and runs the tests that reach it. The run fails when a folder has less
than 95 % of its mutants killed, when a survivor is not explained in
[\`packages/core/mutants.md\`](../packages/core/mutants.md), or when that page explains one that no longer survives.

${table(scores)}

An endless mutant is one that made tests run far beyond their time; a mutant with which a test file cannot be loaded
would fail every run too, but is left out of the shares, as Stryker does.

Made by this command, which is part of \`verify\`, on ${new Date().toISOString().slice(0, 10)} with sources and tests as of commit
\`${commit}\`:

\`\`\`text
npx -y pnpm@12.21.0 --filter @switchgear/core run mutants --write
\`\`\`

A folder alone takes a minute or two: \`run mutants window\`. Nothing is remembered from one run to the next, as a mutant's fate
hangs on more than its own file. Properties are checked with one fixed seed here, so that a mutant does not survive on
some days only.
`;
}
