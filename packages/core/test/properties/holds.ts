import fc from 'fast-check';

/** How many times as long as in an ordinary test run; `verify` says more than 1. */
export const TIMES = Number(process.env['PROOF_TIMES'] ?? 1);

/** A failure names its seed; with this set to it, the same runs come again. */
const SEED = process.env['PROOF_SEED'];

/** Set if only the failure of a property matters, not its smallest counterexample. */
const UNSHRUNK = process.env['PROOF_UNSHRUNK'] !== undefined;

/** Asserts a property: quick in `test`, long in `verify`, and the same again for the same `PROOF_SEED`. */
export function holds<T>(property: fc.IProperty<T>, runs: number = 200): void {
  fc.assert(property, {
    numRuns: runs * TIMES,
    endOnFailure: UNSHRUNK,
    ...(SEED !== undefined && { seed: Number(SEED) }),
  });
}
