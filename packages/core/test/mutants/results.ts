import { execFileSync } from 'node:child_process';
import type { Score } from './report.ts';

/** The score of each folder and of all, as a Markdown table. */
export function table(scores: ReadonlyMap<string, Score>): string {
  const all = [...scores.values()].reduce((sum, each) => ({
    killed: sum.killed + each.killed,
    all: sum.all + each.all,
  }));
  const rows = [...scores].sort(([a], [b]) => a.localeCompare(b));
  return [
    '| folder | mutants | killed | share |',
    '|---|---|---|---|',
    ...rows.map(([folder, score]) => row(`\`${folder}\``, score)),
    row('all', all),
  ].join('\n');
}

function row(name: string, { killed, all }: Score): string {
  return `| ${name} | ${all} | ${killed} | ${all === 0 ? 'none to kill' : `${((100 * killed) / all).toFixed(1)} %`} |`;
}

/** The page of results: what was found, by which command, at which commit. */
export function proofs(scores: ReadonlyMap<string, Score>): string {
  const commit = execFileSync('git', ['log', '-1', '--format=%H', '--', 'src', 'test'], { encoding: 'utf8' }).trim();
  return `# What the tests of core notice

A mutant is the source with one small change: a \`<\` that became \`<=\`, a call left out, a number negated. One that lets
all tests pass shows something that no test holds. [Stryker](https://stryker-mutator.io) makes every mutant it knows of
every file in \`packages/core/src\` and runs the tests that reach it. The run fails when a folder has less than 95 % of
its mutants killed, when a survivor is not explained in [\`packages/core/mutants.md\`](../packages/core/mutants.md), or
when that page explains one that no longer survives.

${table(scores)}

Made by this command, which is part of \`verify\`, on ${new Date().toISOString().slice(0, 10)} with sources and tests as of commit
\`${commit}\`:

\`\`\`text
npx -y pnpm@12.21.0 --filter @switchgear/core run mutants --write
\`\`\`

A folder alone takes a minute: \`run mutants window\`. Nothing is remembered from one run to the next, as a mutant's fate
hangs on more than its own file. Properties are checked with one fixed seed here, so that a mutant does not survive on
some days only.
`;
}
