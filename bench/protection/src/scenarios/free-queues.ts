import type { Work } from './scenario.ts';
import { healthy, type Workload } from './workload.ts';

const DAY = 86_400_000;
const SERVICE = 100;
const SERVERS = 2;

/** Kinds of work, and how many times a day waiting in a healthy queue may be taken for overload. */
const KINDS: readonly { name: string; work: Work; limited: number; story: string }[] = [
  { name: 'exponential', work: 'exponential', limited: 3, story: 'exponential work' },
  { name: 'log-normal', work: 'log-normal', limited: 20, story: 'log-normal work, deviation 1.3 times its mean' },
  {
    name: 'one of five',
    work: { rare: 0.2 },
    limited: 20,
    story: 'work of which one call of five has 40 times as much',
  },
  { name: 'one of twenty', work: { rare: 0.05 }, limited: 20, story: 'the same with one call of twenty' },
];

function queue({ name, work, limited, story }: (typeof KINDS)[number], busy: number): Workload {
  const rate = (busy * SERVERS * 1_000) / SERVICE;
  const changes = { rate, work, servers: SERVERS, service: SERVICE, timeout: 60_000, duration: DAY, repeats: 1 };
  return {
    story: `a day of ${story}; ${100 * busy} % of two servers are busy`,
    scenario: healthy(`queue ${name}`, `${100 * busy} %`, changes),
    wanted: { overNone: 1.05, limited },
    long: true,
  };
}

/** Busy queues of a healthy service. */
export const freeQueues: readonly Workload[] = KINDS.flatMap((kind) =>
  [0.5, 0.65, 0.75].map((busy) => queue(kind, busy)),
);
