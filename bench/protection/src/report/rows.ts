import type { Cell } from '@switchgear/bench/table';
import { formatNumber } from '@switchgear/bench/text-table';

/** A table as it is printed and as it stands in the page. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A number with its unit; `never` for infinity, and an empty text for no figure. */
export function shown(value: number, unit: string = ''): string {
  if (Number.isNaN(value)) return '';
  if (value === Number.POSITIVE_INFINITY) return 'never';
  return unit ? `${formatNumber(value)} ${unit}` : formatNumber(value);
}
