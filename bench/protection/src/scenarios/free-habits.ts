import type { Scenario } from './scenario.ts';
import { again, healthy, type Workload } from './workload.ts';

const HOUR = 3_600_000;
/** Fifty calls a second to two servers of 24 ms, as the medium traffic of the catalogue. */
const MEDIUM = { rate: 50, servers: 2, service: 24, timeout: 1_000, duration: 600_000 };

function free(
  name: string,
  traffic: string,
  story: string,
  changes: Partial<Scenario>,
  wanted: Workload['wanted'] = { overNone: 1.05 },
): Workload {
  return { story, scenario: healthy(name, traffic, changes), wanted };
}

const inRuns = [0.1, 0.2, 0.3].map((noise) =>
  free(
    `runs ${noise * 100} %`,
    'medium',
    `${noise * 100} % of the calls fail for reasons of their own, five in a row on average`,
    { ...MEDIUM, noise, run: 5 },
    { overNone: 1.12 },
  ),
);
const retried = [0.1, 0.2].map((noise) =>
  free(
    `retries ${noise * 100} %`,
    'medium',
    `${noise * 100} % of the calls fail, and each client tries up to four times`,
    { ...MEDIUM, noise, retries: 3 },
    { overNone: 1.12 },
  ),
);

const twoKinds = [2, 10, 67].flatMap((servers) =>
  [0.01, 0.05].map((rare) =>
    free(
      `two kinds ${rare * 100} %`,
      `${servers} servers`,
      `${rare * 100} % of the calls take 40 times as long as the others; ${servers} servers are 60 % busy`,
      { rate: 30 * servers, servers, work: { rare }, duration: 1_200_000 / servers, repeats: 2 },
    ),
  ),
);

/** Habits of clients and services that are no fault. */
export const freeHabits: readonly Workload[] = [
  ...inRuns,
  ...retried,
  ...[50, 200].map((rate) =>
    free(
      'stalls',
      `${rate} a second`,
      `the event loop of the client stands still for 400 ms every 1.5 s; ${rate} calls a second`,
      { rate, servers: rate / 10, timeout: 1_000, stalls: { lasting: 400, every: 1_500 } },
      { overNone: 1.05, refused: 0 },
    ),
  ),
  ...twoKinds,
  free('short-lived', 'medium', 'an instance lives for 20 to 50 calls, and the next one knows nothing', {
    ...MEDIUM,
    lifetime: [20, 50],
  }),
  free('long calls', '5 a second', 'calls of 2 s on average; clients give up after 30 s', {
    rate: 5,
    servers: 20,
    service: 2_000,
    timeout: 30_000,
    duration: HOUR / 2,
  }),
  free('fifty', 'every 10 min', 'fifty calls within 5 s, every ten minutes', {
    timeout: 1_000,
    duration: 12 * HOUR,
    bursts: again(50, HOUR / 6, 12 * HOUR, 5_000),
  }),
];
