import type { Figures } from '../goals/goals.ts';
import { GOAL_COLUMNS, goalRows, judgeGoals } from '../goals/judge.ts';
import type { Findings, Table } from '../tables/table.ts';
import { formatNumber, textTable } from './text-table.ts';

/** A table with what it found. */
export interface Measured {
  readonly table: Table;
  readonly findings: Findings;
}

/** All figures of a run, each behind the name of its table. */
export function figuresOf(measured: readonly Measured[]): Figures {
  return Object.fromEntries(
    measured.flatMap(({ table, findings }) =>
      Object.entries(findings.figures).map(([name, value]) => [`${table.id}/${name}`, value]),
    ),
  );
}

/** Where the picture of a table lies, seen from the page. */
export function pictureOf({ id }: Table): string {
  return `images/bench-${id}.svg`;
}

/** The whole page, written anew by each run. */
export function page(measured: readonly Measured[], circumstances: readonly string[]): string {
  const figures = figuresOf(measured);
  const judged = judgeGoals(figures);
  const met = judged.filter((each) => each.met).length;
  const bare = formatNumber(figures['closed/bare'] ?? Number.NaN);
  return `# Benchmarks

<!-- Written by \`pnpm bench\`. Change the tables in \`bench/src/tables\`, not this page. -->

${circumstances.map((line) => `- ${line}`).join('\n')}

The command that measures and writes all of this: \`npx -y pnpm@12.21.0 bench\`.

**How to read it.** All lines of a table are measured in one process, in short batches, in a new random order for each
round. A number is the median over the rounds, with the middle half in brackets. "Over bare" is the difference to the bare
call within each round, and ratios are formed in the same way, so that other load of the machine cancels out: ratios carry
over to other machines, nanoseconds do not. All breakers have the same rule and window as far as they support it: open when
half of at least 20 calls in 10 seconds failed. A call over a network takes some hundred thousand nanoseconds; what users
notice is the cost of a failure under load, the garbage, and the memory of many breakers.

${measured.map(section).join('\n\n')}

## The goals

${met} of ${judged.length} met. Goals in nanoseconds and milliseconds were set on a machine where the bare call took 25 ns;
here it took ${bare}. The last column has the figure divided by that.

${textTable({ columns: GOAL_COLUMNS, rows: goalRows(judged) })}
`;
}

function section({ table, findings }: Measured): string {
  const { title, about } = table;
  const picture = findings.picture ? `\n\n![${findings.picture.title}](${pictureOf(table)})` : '';
  return `## ${title}\n\n${about}${picture}\n\n${textTable(findings)}`;
}
