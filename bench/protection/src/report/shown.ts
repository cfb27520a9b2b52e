import { formatNumber } from '@switchgear/bench/format';

/** A number with its unit, or a word for what is none. */
export function shown(value: number, unit: string = ''): string {
  if (Number.isNaN(value)) return '';
  if (value === Number.POSITIVE_INFINITY) return 'never';
  return unit ? `${formatNumber(value)} ${unit}` : formatNumber(value);
}
