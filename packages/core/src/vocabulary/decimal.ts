/**
 * The error within which a sum of decimals still counts as having reached a limit, relative to the limit or to 1 if that is
 * more. Ten times 0.1 adds up to a little less than 1: floating-point sums have an error of about 1e-16 of themselves for
 * each term, and a window that subtracts terms again keeps the error of the larger sum.
 */
const TOLERANCE = 1e-9;

/** Whether a sum of decimals has reached a limit, apart from rounding errors. All such sums are compared by this. */
export function reaches(sum: number, limit: number): boolean {
  return sum >= limit - Math.max(1, Math.abs(limit)) * TOLERANCE;
}

/** Rounds a product of decimals up, apart from rounding errors: 0.07 × 100 is 7, not 8. */
export function roundedUp(product: number): number {
  return Math.ceil(product - Math.abs(product) * TOLERANCE);
}

/** A sum of decimals without rounding errors: 1 rather than 0.9999999999999999. */
export function tidy(sum: number): number {
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(12));
}
