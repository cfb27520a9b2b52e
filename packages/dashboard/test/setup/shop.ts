import {
  anyOf,
  type Breaker,
  type BreakerOptions,
  createRegistry,
  failureRate,
  fixed,
  probes,
  type Registry,
  ramp,
  slowCallRate,
} from '@switchgear/core';
import { seededRandom } from '@switchgear/testkit/random';
import { type Health, offer } from './traffic.ts';
import { type WarpedClock, warpedClock } from './warped-clock.ts';

/** A shop with some services, minutes of traffic behind it, and dependencies that do as they are told. */
export interface Shop {
  readonly clock: WarpedClock;
  readonly registry: Registry;
  readonly health: Map<string, Health>;
  breaker(name: string): Breaker;

  /** Lets minutes of traffic pass at once. */
  pass(ms: number): void;

  /** A tenth of a second of traffic. */
  beat(): void;
}

const RATES: Readonly<Record<string, number>> = {
  'payments/eu-1': 9,
  'payments/eu-2': 8,
  'payments/us-1': 6,
  'search/a': 14,
  'search/b': 12,
  'https://maps.example': 5,
  inventory: 7,
  database: 20,
  recommendations: 4,
  mail: 1,
};

/** Opens the shop some minutes ago. */
export function openShop(minutesAgo: number, seed: number = 7): Shop {
  const clock = warpedClock(minutesAgo * 60_000);
  const chance = seededRandom(seed).next;
  const options = (name: string): BreakerOptions => ({
    name,
    clock,
    random: chance,
    openWhen: anyOf(failureRate(0.5, { minimumCalls: 20 }), slowCallRate(0.6, { slowerThan: 1_000 })),
    openFor: fixed(45_000),
    recover: name.startsWith('search')
      ? ramp([0.1, 0.25, 0.5, 1], { stage: 4_000 })
      : probes({ permitted: 2, successes: 8 }),
  });
  const registry = createRegistry({ options });
  for (const name of Object.keys(RATES)) registry.get(name);
  const health = new Map<string, Health>();
  const beat = (): void => {
    for (const [name, calls] of Object.entries(RATES)) {
      offer(
        registry.get(name),
        chance() < (calls / 10) % 1 ? Math.ceil(calls / 10) : Math.floor(calls / 10),
        health.get(name) ?? {},
        chance,
      );
    }
  };
  return {
    clock,
    registry,
    health,
    breaker: (name) => registry.get(name),
    beat,
    pass(ms) {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.skip(100);
        beat();
      }
    },
  };
}
