import type { Cell } from '../tables/table.ts';
import { formatCell, isNumeric } from './format.ts';

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A table of a Markdown page. In a terminal it reads well too. */
export function textTable({ columns, rows }: Rows): string {
  const texts = rows.map((row) => columns.map((_, i) => formatCell(row[i])));
  const widths = columns.map((column, i) => Math.max(3, column.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const right = columns.map((_, i) => isNumeric(rows.map((row) => row[i])));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (right[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(columns), line(rule), ...texts.map(line)].join('\n');
}
