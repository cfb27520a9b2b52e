/** In how many steps of a grid a success moves the statistic. */
const STEPS = 8;

/** How soon the best of all tests notices that calls fail more often than they did. */
export interface Optimum {
  /** Calls from the change to the alarm, on average. */
  readonly delay: number;

  /** Calls between two false alarms, on average. */
  readonly between: number;
}

/**
 * Page's CUSUM for a change of the share of failures, with the lowest limit at which false alarms are at least `least`
 * calls apart. No test with as few false alarms has a shorter delay in its worst case (Moustakides 1986). Solved, not
 * simulated: the statistic is put on a grid, where it is a Markov chain whose mean times to alarm are the solution of
 * linear equations.
 *
 * @param normal share of failures before the change, more than 0
 * @param changed share of failures after it, more than `normal`
 * @param least calls between false alarms
 */
export function optimumOf(normal: number, changed: number, least: number): Optimum {
  const failure = Math.log(changed / normal);
  // Where all calls fail, a success proves that nothing has changed: it undoes any number of failures.
  const success = changed === 1 ? Number.POSITIVE_INFINITY : Math.log((1 - normal) / (1 - changed));
  const down = changed === 1 ? Number.POSITIVE_INFINITY : STEPS;
  const up = changed === 1 ? 1 : Math.max(1, Math.round((failure / success) * STEPS));
  let low = 0;
  let high = up;
  while (meanTime(normal, up, down, high) < least) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meanTime(normal, up, down, middle) < least) low = middle;
    else high = middle;
  }
  return { delay: meanTime(changed, up, down, high), between: meanTime(normal, up, down, high) };
}

/**
 * Mean number of calls until a walk from 0, `up` with each failure and `down` with each success but not below 0, is at
 * `limit` or above. E(x) = 1 + p E(x + up) + (1 - p) E(x - down), and E = 0 from the limit on: elimination, row by row
 * from the bottom.
 */
function meanTime(failing: number, up: number, down: number, limit: number): number {
  const rows: Float64Array[] = [];
  for (let x = 0; x < limit; x++) {
    // Coefficients of E(x), E(x + 1), ... E(x + up), and what they add up to.
    const row = new Float64Array(up + 2);
    const first = Math.max(0, x - down);
    const full = new Float64Array(x - first + up + 1);
    let sum = 1;
    full[x - first] = 1;
    if (x + up < limit) full[x - first + up] = (full[x - first + up] as number) - failing;
    full[0] = (full[0] as number) - (1 - failing);
    // What lies below has been solved for: replace it.
    for (let y = first; y < x; y++) {
      const factor = full[y - first] as number;
      if (factor === 0) continue;
      const solved = rows[y] as Float64Array;
      for (let i = 0; i <= up; i++)
        full[y - first + i] = (full[y - first + i] as number) - factor * (solved[i] as number);
      sum -= factor * (solved[up + 1] as number);
    }
    const pivot = full[x - first] as number;
    for (let i = 0; i <= up; i++) row[i] = (full[x - first + i] as number) / pivot;
    row[up + 1] = sum / pivot;
    rows.push(row);
  }
  // Backwards, each from those above it.
  const times = new Float64Array(limit + up + 1);
  for (let x = limit - 1; x >= 0; x--) {
    const row = rows[x] as Float64Array;
    let time = row[up + 1] as number;
    for (let i = 1; i <= up; i++) time -= (row[i] as number) * (times[x + i] as number);
    times[x] = time;
  }
  return times[0] as number;
}
