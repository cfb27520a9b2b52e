/** Milliseconds since 1970, with fractions, never going back within one process. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
