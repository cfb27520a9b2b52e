import { COLUMNS, type Line } from './line.ts';

/** One line of text: `jest, defaults: installs ok, imports ok, runs ok; 12.3 s`. */
export function textOf(line: Line): string {
  const cells = COLUMNS.filter((column) => line.cells[column] !== '-').map(
    (column) => `${column} ${line.cells[column]}`,
  );
  return [`${line.name}: ${cells.join(', ')}`, `${line.seconds.toFixed(1)} s`, ...line.remarks].join('; ');
}

/** All lines as a table in Markdown. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ name, versions, cells, seconds, remarks }) => [
    name,
    versions.join(', '),
    ...COLUMNS.map((column) => cells[column]),
    seconds.toFixed(1),
    remarks.join('; '),
  ]);
  const table = [['kind', 'versions', ...COLUMNS, 'seconds', 'remarks'], ...rows];
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
  const text = table.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`);
  text.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return text.join('\n');
}

/** Whether something failed, or, where that counts, was not run. */
export function isBad({ cells }: Line, notRunFails: boolean): boolean {
  return Object.values(cells).some((cell) => cell === 'FAILED' || (notRunFails && cell === 'not run'));
}
