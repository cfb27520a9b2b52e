/** Returns numbers from 0 up to but not including 1. */
export type Random = () => number;

/**
 * A seeded generator, so that both sides of the demo get the same sequence.
 * The generator is mulberry32, by Tommy Ettinger: 32 bits of state, good enough to spread arrivals and delays.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
