import type { Cell } from '../tables/table.ts';

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

/** A number with its significant digits. */
export function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** A cell as people read it: `92 (90 to 95)` for many measurements. */
export function formatCell(cell: Cell | null): string {
  if (cell === undefined || cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return formatNumber(cell);
  return `${formatNumber(cell.median)} (${formatNumber(cell.q1)} to ${formatNumber(cell.q3)})`;
}

/** Whether a column holds numbers, and is read from the right. */
export function isNumeric(cells: readonly (Cell | null)[]): boolean {
  return cells.some((cell) => typeof cell === 'number' || (typeof cell === 'object' && cell !== null));
}
