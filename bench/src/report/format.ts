import type { Cell } from '../tables/table.ts';

/** A number with as many digits as mean something. */
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
