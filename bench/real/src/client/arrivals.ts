import { seededRandom } from '@switchgear/testkit/random';

/** A stretch of time in which requests arrive at random, independently of each other. */
export interface Stretch {
  /** In milliseconds. */
  readonly lasts: number;

  /** Requests a second, on average. */
  readonly rate: number;
}

/** When requests arrive, in milliseconds from the start: the same for the same seed, so for each policy of a round. */
export function arrivals(stretches: readonly Stretch[], seed: number): number[] {
  const { next } = seededRandom(seed);
  const all: number[] = [];
  let begin = 0;
  for (const { lasts, rate } of stretches) {
    const end = begin + lasts;
    const gap = () => (-Math.log(1 - next()) * 1_000) / rate;
    for (let at = begin + gap(); at < end; at += gap()) all.push(at);
    begin = end;
  }
  return all;
}
