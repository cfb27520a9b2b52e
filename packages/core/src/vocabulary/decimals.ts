/**
 * By how much, of itself or of 1, a sum of decimals may miss a limit and still count as having reached it. Ten times 0.1 is a little
 * less than 1, and so is three times a third: floating-point sums are off by about 1e-16 of themselves for each term, and a
 * window that takes terms off again is left with what the greater sum was off by.
 */
const TOLERANCE = 1e-9;

/** Whether a sum of decimals has reached a limit, apart from rounding. The only way such a sum is compared in this library. */
export function reaches(sum: number, limit: number): boolean {
  return sum >= limit - Math.max(1, Math.abs(limit)) * TOLERANCE;
}

/** The next whole number from a product of decimals up, apart from rounding: 0.07 × 100 is 7, not 8. */
export function roundedUp(product: number): number {
  return Math.ceil(product - Math.abs(product) * TOLERANCE);
}

/** A sum of decimals as people would write it: 1 rather than 0.9999999999999999. */
export function tidy(sum: number): number {
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(12));
}
