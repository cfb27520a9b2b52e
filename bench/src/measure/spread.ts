/** The middle of many measurements, and where the middle half of them lies. */
export interface Spread {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
}

/** @throws {RangeError} if there are no measurements */
export function spreadOf(measured: readonly number[]): Spread {
  if (measured.length === 0) throw new RangeError('nothing was measured');
  const sorted = measured.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
}

/** The median alone. */
export function medianOf(measured: readonly number[]): number {
  return spreadOf(measured).median;
}
