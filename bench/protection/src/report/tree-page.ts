import { textTable } from '@switchgear/bench/text-table';
import type { PlayedTree, TreeFigures } from '../trees/figures.ts';
import { balancings } from '../trees/policies.ts';
import type { Rows } from './rows.ts';

/** More points of goodput than this below round robin is worse. */
const WORSE = 0.01;

/** The page about endpoints, written anew by each run. */
export function treePage(
  played: readonly PlayedTree[],
  seed: number,
  runs: number,
  circumstances: readonly string[],
): string {
  return `# What a tree is worth

<!-- Written by \`pnpm bench:protection --trees\`. Change bench/protection/src, not this page. -->

${circumstances.map((line) => `- ${line}`).join('\n')}
- seed ${seed}

\`\`\`text
npx -y pnpm@12.21.0 bench:protection --trees --seed ${seed}
\`\`\`

A service of ten endpoints, in virtual time. Each works on 4 calls at once, for 25 ms on average, and queues the others. 800
requests a second come in, half of what all ten can bear. An attempt is given up after 1 s. After a minute some endpoints get into
trouble for a minute. A retry is made at once, at another endpoint if there is one; there is no retry budget.
The numbers are means of ${runs} runs, and goodput: the share of the requests that got a useful answer.

## During the trouble

${textTable(tableOf(played, 'during'))}

${balancings.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

Six endpoints that refuse leave room for 0.8 of the requests. With one retry, endpoints that all fail 40 % of the calls leave 0.84.

## In the minute after it

${textTable(tableOf(played, 'after'))}

## Where the tree is worse than round robin

${worse(played)}
`;
}

/** One row for each scenario, one column for each policy. */
export function tableOf(played: readonly PlayedTree[], when: keyof TreeFigures): Rows {
  return {
    columns: ['', ...balancings.map(({ name }) => name)],
    rows: played.map(({ scenario, figures }) => [
      scenario.name,
      ...balancings.map(({ name }) => (figures[name]?.[when] ?? Number.NaN).toFixed(3)),
    ]),
  };
}

/** The cells in which the tree is clearly below round robin. */
export function worseCells(played: readonly PlayedTree[]): string[] {
  const [first, last] = [balancings[0], balancings.at(-1)];
  return played.flatMap(({ scenario, figures }) =>
    (['before', 'during', 'after'] as const).flatMap((when) => {
      const [robin, tree] = [figures[first?.name ?? '']?.[when] ?? 0, figures[last?.name ?? '']?.[when] ?? 0];
      return tree < robin - WORSE
        ? [`${scenario.name}, ${when} the trouble: ${tree.toFixed(3)} against ${robin.toFixed(3)}`]
        : [];
    }),
  );
}

function worse(played: readonly PlayedTree[]): string {
  const cells = worseCells(played);
  return cells.length === 0 ? 'Nowhere by more than one point.' : cells.map((cell) => `- ${cell}`).join('\n');
}
