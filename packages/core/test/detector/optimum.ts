/** Steps of a CUSUM as whole numbers of one unit: a failure up, a success down. Decides at `limit`. */
interface Lattice {
  readonly up: number;
  readonly down: number;
  readonly limit: number;
}

/**
 * How many calls pass on average until a CUSUM that begins at 0 decides, if each fails with probability `p`. Exact: from
 * each of its states the mean is one call and the means of the two states that may follow, which is a linear system.
 */
export function meanCalls({ up, down, limit }: Lattice, p: number): number {
  // Row by row [coefficients..., right side]; solved by elimination from the last state to the first.
  const rows = Array.from({ length: limit }, (_, state) => {
    const row = new Float64Array(limit + 1);
    row[state] = 1;
    row[limit] = 1;
    const below = Math.max(0, state - down);
    row[below] = (row[below] as number) - (1 - p);
    if (state + up < limit) row[state + up] = (row[state + up] as number) - p;
    return row;
  });
  for (let column = 0; column < limit; column++) {
    const pivot = rows[column] as Float64Array;
    // A state is left downwards by `down` at most, so only this many rows below hold anything in this column.
    for (let below = column + 1; below <= Math.min(limit - 1, column + down); below++) {
      const row = rows[below] as Float64Array;
      const factor = (row[column] as number) / (pivot[column] as number);
      if (factor === 0) continue;
      for (let at = column; at <= limit; at++) row[at] = (row[at] as number) - factor * (pivot[at] as number);
    }
  }
  const means = new Float64Array(limit);
  for (let state = limit - 1; state >= 0; state--) {
    const row = rows[state] as Float64Array;
    let rest = row[limit] as number;
    for (let at = state + 1; at < limit; at++) rest -= (row[at] as number) * (means[at] as number);
    means[state] = rest / (row[state] as number);
  }
  return means[0] as number;
}

/** A success takes back this many units at most. */
const FINEST = 4;

/**
 * The least mean number of calls until a change from `p0` to `p1` can be known, if no more than one false alarm in this many
 * calls is allowed: that of the best CUSUM, which is the best of all tests (Moustakides 1986). Where everything fails after
 * the change, that is one which counts failures in a row.
 */
export function optimum(p0: number, p1: number, callsBetweenFalseAlarms: number): number {
  if (p1 === 1) {
    const needed = (row: number) => (1 - p0 ** row) / ((1 - p0) * p0 ** row);
    let row = 1;
    while (needed(row) < callsBetweenFalseAlarms) row++;
    return row;
  }
  const ratio = Math.log(p1 / p0) / Math.log((1 - p0) / (1 - p1));
  let best = Infinity;
  for (let down = 1; down <= FINEST; down++) {
    // Limits are whole numbers of units too, so a step a little off the ratio may come closer to the false alarms borne.
    const nearest = Math.round(ratio * down);
    for (let up = Math.max(1, nearest - down); up <= nearest + down; up++) {
      best = Math.min(best, detection(up, down, p0, p1, callsBetweenFalseAlarms));
    }
  }
  return best;
}

/** The mean number of calls at the lowest limit that keeps false alarms rare enough. */
function detection(up: number, down: number, p0: number, p1: number, callsBetweenFalseAlarms: number): number {
  let limit = 1;
  while (meanCalls({ up, down, limit }, p0) < callsBetweenFalseAlarms) limit++;
  return meanCalls({ up, down, limit }, p1);
}
