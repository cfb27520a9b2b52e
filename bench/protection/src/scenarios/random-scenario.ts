import { type Random, randomStream } from '../random/random-stream.ts';
import type { Absence, Fault, Trouble } from './fault.ts';
import type { Scenario } from './scenario.ts';

/** Requests a scenario has, about, and the bounds of its duration in milliseconds. */
const REQUESTS = 8_000;
const SHORTEST = 30_000;
const LONGEST = 3_600_000;

/**
 * A generated scenario. The same seed and number give the same one.
 *
 * - 0.2 to 1,000 requests a second; calls of 5 to 100 ms; a service that is 20 to 80 % busy: each on a scale where
 *   every step multiplies, but for the last
 * - clients give up after 0.5, 1, 3 or 10 s, at least after ten mean calls; three of ten ask up to three times again
 * - 0.01 to 5 % of the calls fail at any time
 * - seven of ten have one trouble, three have two. It begins after a fifth to a half of the time, and takes 2 to 40 %
 *   of it
 * - all troubles are equally likely: see `troubleOf`
 */
export function randomScenario(seed: number, number: number): Scenario {
  const random = randomStream(seed, `scenario ${number}`);
  const rate = scaled(random, 0.2, 1_000);
  const service = scaled(random, 5, 100);
  const busy = between(random, 0.2, 0.8);
  const timeout = Math.max(10 * service, oneOf(random, [500, 1_000, 3_000, 10_000]));
  const retries = random() < 0.3 ? 1 + Math.floor(3 * random()) : 0;
  const noise = scaled(random, 0.0001, 0.05);
  const duration = Math.min(LONGEST, Math.max(SHORTEST, (1_000 * REQUESTS) / rate));
  const count = random() < 0.3 ? 2 : 1;
  const troubles = Array.from({ length: count }, () => troubleOf(random, rate));
  return {
    name: `random-${number}`,
    traffic: troubles.map(({ name }) => name).join('+'),
    rate,
    servers: Math.max(2, Math.round((rate * service) / 1_000 / busy)),
    service,
    timeout,
    retries,
    noise,
    duration,
    repeats: 1,
    faults: troubles.flatMap((trouble) => placed(random, trouble, duration)),
  };
}

/** Trouble with its name, and how it comes again and again if it does. */
interface Drawn {
  readonly name: string;
  readonly trouble: Trouble;
  readonly lasting?: number;
  readonly every?: number;
}

function troubleOf(random: Random, rate: number): Drawn {
  const absence: Absence = random() < 0.5 ? 'refuses' : 'hangs';
  const seconds = between(random, 1, 10) * 1_000;
  const calls = Math.ceil(rate * between(random, 2, 20));
  return oneOf<Drawn>(random, [
    { name: 'crash', trouble: { kind: 'crash', absence: 'refuses' } },
    { name: 'hang', trouble: { kind: 'crash', absence: 'hangs' } },
    { name: 'cold', trouble: { kind: 'crash', absence, cold: { slower: between(random, 2, 8), calls } } },
    { name: 'freeze', trouble: { kind: 'freeze' } },
    { name: 'flapping', trouble: { kind: 'crash', absence }, lasting: seconds, every: 2 * seconds },
    { name: 'brownout', trouble: { kind: 'brownout', capacity: between(random, 0.05, 0.7) } },
    { name: 'degradation', trouble: { kind: 'degradation', capacity: between(random, 0.05, 0.5) } },
    { name: 'load', trouble: { kind: 'load', times: between(random, 1.5, 5) } },
    { name: 'latency', trouble: { kind: 'latency', times: between(random, 2, 10) } },
    { name: 'shard', trouble: { kind: 'shard', of: 2 + Math.floor(7 * random()), absence } },
    { name: 'errors', trouble: { kind: 'errors', share: between(random, 0.1, 1) } },
    {
      name: 'glitches',
      trouble: { kind: 'errors', share: 1 },
      lasting: between(random, 50, 500),
      every: between(random, 5_000, 30_000),
    },
  ]);
}

function placed(random: Random, { trouble, lasting, every }: Drawn, duration: number): Fault[] {
  const from = duration * between(random, 0.2, 0.5);
  const to = from + duration * scaled(random, 0.02, 0.4);
  if (lasting === undefined || every === undefined) return [{ ...trouble, from, to }];
  const count = Math.max(1, Math.floor((to - from) / every));
  return Array.from({ length: count }, (_, i) => ({
    ...trouble,
    from: from + i * every,
    to: from + i * every + lasting,
  }));
}

function between(random: Random, least: number, most: number): number {
  return least + (most - least) * random();
}

/** As likely between 1 and 10 as between 10 and 100. */
function scaled(random: Random, least: number, most: number): number {
  return least * (most / least) ** random();
}

function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
