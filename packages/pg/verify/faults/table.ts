/** What one fault did to callers. Times are in milliseconds. */
export interface Row {
  readonly fault: string;

  /** The different endings of calls while it lasted, but for successes. */
  readonly saw: readonly string[];
  readonly refused: number;
  readonly asked: number;

  /** From the fault to the circuit's opening; `NaN` where it stayed closed. */
  readonly opened: number;

  /** From the mending to the circuit's closing. */
  readonly closed: number;
  readonly slowest: number;

  /** How a process ends that listens to no errors, without protection and with it. */
  readonly alone: string;
  readonly together: string;
}

const HEAD = ['the database is', 'callers saw', 'refused', 'opened', 'closed', 'slowest call', 'a careless process'];

/** Prints them as a table in Markdown. */
export function printTable(rows: readonly Row[]): void {
  const lines = [HEAD, HEAD.map(() => '---'), ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

function cells({ fault, saw, refused, asked, opened, closed, slowest, alone, together }: Row): string[] {
  const stayed = Number.isNaN(opened);
  return [
    fault,
    saw.filter((ending) => ending !== 'refused').join(', '),
    `${refused} of ${asked}`,
    stayed ? 'never' : `after ${milliseconds(opened)}`,
    stayed ? '' : `${milliseconds(closed)} after it is back`,
    milliseconds(slowest),
    `${together}; without us it ${alone}`,
  ];
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`;
}
