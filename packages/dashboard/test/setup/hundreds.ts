import { type Breaker, createBreaker } from '@switchgear/core';
import { seededRandom } from '@switchgear/testkit/random';
import { offer } from './traffic.ts';

/** Hundreds of breakers, twenty instances to a service. */
export interface Hundreds {
  readonly breakers: readonly Breaker[];

  /** A few calls to each of them. */
  beat(): void;
}

/** Makes this many breakers, all in use. */
export function hundreds(count: number): Hundreds {
  const chance = seededRandom(11).next;
  const breakers = Array.from({ length: count }, (_, index) => {
    const service = Math.floor(index / 20) + 1;
    return createBreaker({ name: `service ${service}/instance ${(index % 20) + 1}` });
  });
  return {
    breakers,
    beat: () => {
      for (const breaker of breakers) offer(breaker, 1 + Math.floor(chance() * 4), {}, chance);
    },
  };
}
