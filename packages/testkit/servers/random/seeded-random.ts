import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Random numbers that repeat for the same seed. */
export interface SeededRandom {
  /** A number from 0 up to, but not including, 1, like `Math.random`. */
  readonly next: () => number;

  /** A whole number from 0 up to, but not including, the limit. */
  below(limit: number): number;

  /** One of the items, each as likely as any other. */
  pick<T>(items: readonly T[]): T;
}

/**
 * Random numbers from a seed. The Mersenne Twister, because other generators of `pure-rand` begin with nearly the same
 * number for every small seed.
 */
export function seededRandom(seed: number): SeededRandom {
  const generator = mersenne(seed);
  const next = (): number => uniformFloat64(generator);
  const below = (limit: number): number => Math.floor(next() * limit);
  return { next, below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}
