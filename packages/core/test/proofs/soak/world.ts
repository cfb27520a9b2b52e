import {
  adaptive,
  allOf,
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  exponential,
  failureCount,
  failureRate,
  fixed,
  type KeyedOptions,
  latencyPercentile,
  overdue,
  probes,
  ramp,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
} from '../../../src/index.ts';
import { manualClock } from '../../../src/testing/manual-clock.ts';
import type { Chance } from './chance.ts';

/** What a hooked-in function of the user's throws. */
export class Thrown extends Error {}

/** Probes that a circuit of any kind here may have in flight, and after how long one counts as lost. */
export const PERMITTED = 2;
export const PERMIT_TIMEOUT = 500;

const openFor = exponential(200, { max: 5_000 });
const recover = probes({ permitted: PERMITTED, successes: 2 });
const sampled = probes({ permitted: PERMITTED, sample: 4, maxStay: 3_000 });
const hung = overdue(3, { longerThan: 400 });
const rate = failureRate(0.5, { minimumCalls: 4 });

/** Breakers of every kind. */
const kinds: readonly KeyedOptions[] = [
  { openWhen: rate, openFor, recover },
  { openWhen: rate, window: timeWindow(4_000, { align: 'first' }), openFor: fixed(300), recover: sampled },
  { openWhen: failureCount(4), window: timeWindow(4_000, { align: 'first-tick' }), openFor, recover },
  { openWhen: slowCallRate(0.5, { slowerThan: 50, minimumCalls: 4 }), window: countWindow(20), openFor, recover },
  { openWhen: consecutiveFailures(3), window: tumblingWindow(), openFor: fixed(0), recover },
  { openWhen: anyOf(rate, consecutiveFailures(5)), window: tumblingWindow(5_000), openFor, recover: sampled },
  { openWhen: allOf(rate, failureCount(3)), openFor, recover: ramp([0.25, 1], { stage: 500 }) },
  { openWhen: sustained(rate, 100), openFor, recover, evaluateOn: 'any' },
  { openWhen: anyOf(rate, hung), openFor, recover },
  { openWhen: latencyPercentile(0.9, 50, { minimumCalls: 5 }), window: countWindow(30), openFor, recover: sampled },
  adaptive(),
];

/** Time, chance and services that come and go; and how often something of the user's has thrown. */
export class World {
  readonly clock = manualClock(1_000);
  readonly chance: Chance;
  thrown = 0;
  reported = 0;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  /** Time goes on: mostly little, at times by much; the wall clock is set on and back. */
  pass(): void {
    const { chance, clock } = this;
    if (chance.once(50)) clock.advance(1);
    if (chance.once(200_000)) clock.advance(60_000 * chance.next());
    if (chance.once(1_000_000)) clock.advance(86_400_000 * chance.next());
    if (chance.once(10_000)) clock.setWall(clock.wall() + (chance.next() - 0.5) * 7_200_000);
  }

  /** Each service is down for a minute in five. */
  isDown(key: number): boolean {
    return (Math.floor(this.clock.now() / 60_000) + key) % 5 === 0;
  }

  /** Throws once in this many times, from the user's code. */
  mayThrow(inSoMany: number): void {
    if (!this.chance.once(inSoMany)) return;
    this.thrown++;
    throw new Thrown('a listener, a classifier or a plug');
  }

  optionsOf(key: string): BreakerOptions {
    const kind = kinds[Number(key) % kinds.length] as KeyedOptions;
    return {
      ...kind,
      name: key,
      clock: this.clock,
      random: this.chance.next,
      permitTimeout: PERMIT_TIMEOUT,
      onError: () => {
        this.reported++;
        throw new Thrown('what onError throws is dropped');
      },
      ...(Number(key) % 3 === 0 && { classify: () => void this.mayThrow(20) }),
    };
  }

  /** Whether a breaker of this key lets a fixed number of probes through; others let a share or a load through. */
  isCounted(key: string): boolean {
    const { recover: kind } = kinds[Number(key) % kinds.length] as KeyedOptions;
    return kind === recover || kind === sampled;
  }

  /** Options to reconfigure with: another kind's. */
  anotherKind(): KeyedOptions {
    return kinds[this.chance.below(kinds.length)] as KeyedOptions;
  }
}
