/** Chance that comes out the same for the same seed: mulberry32. */
export interface Dice {
  /** From 0 up to, but not including, 1. */
  roll(): number;

  /** One of these. */
  pick<T>(of: readonly T[]): T;

  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number;
}

/** Makes dice. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(roll() * limit);
  return { roll, below, pick: (of) => of[below(of.length)] as (typeof of)[number] };
}
