/**
 * The smallest value that at least this share of the values does not exceed; `null` when there are no values.
 *
 * @param share greater than 0, at most 1: 0.99 for the 99th percentile
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
