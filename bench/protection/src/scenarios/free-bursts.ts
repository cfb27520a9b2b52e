import type { Scenario } from './scenario.ts';
import { again, healthy, type Workload } from './workload.ts';

const NONE_REFUSED = { overNone: 1.05, refused: 0 };

function burst(name: string, traffic: string, story: string, changes: Partial<Scenario>): Workload {
  return { story, scenario: healthy(name, traffic, changes), wanted: NONE_REFUSED };
}

/** Jobs: calls at once every 30 s, and calls a second besides. */
const jobs = [200, 1_000, 2_000].flatMap((calls) =>
  [0, 2].map((rate) =>
    burst(
      `job ${calls}`,
      rate > 0 ? 'trickle' : 'alone',
      `a job sends ${calls} calls at once, every 30 s${rate > 0 ? '; two calls a second besides' : ''}`,
      { rate, timeout: 30_000, bursts: again(calls, 30_000, 300_000) },
    ),
  ),
);

/** Seconds of capacity that come at once every 10 s, on top of traffic that keeps this share of the service busy. */
const onTraffic = [0.3, 0.6].flatMap((busy) =>
  [0.1, 0.3, 1].map(
    (seconds): Workload => ({
      story: `${busy * 100} % busy, and every 10 s as many calls at once as the service can do in ${seconds} s`,
      scenario: healthy(`burst ${seconds} s`, `${busy * 100} %`, {
        rate: 500 * busy,
        bursts: again(500 * seconds, 10_000, 300_000),
      }),
      wanted: { overNone: 1.08 },
    }),
  ),
);

const twice = again(1_000, 20_000, 300_000).flatMap((first) => [first, { ...first, at: first.at + 300 }]);

/** More calls at once than usual, which a healthy service soon has served. */
export const freeBursts: readonly Workload[] = [
  ...jobs,
  burst('cron', 'medium', 'fifty calls a second, and 100 more at once every minute', {
    rate: 50,
    bursts: again(100, 60_000, 600_000),
    duration: 600_000,
  }),
  burst('slots', 'alone', '300 calls at once over ten local slots, every 5 s', { bursts: again(300, 5_000, 300_000) }),
  burst('twice', 'trickle', '1,000 calls at once, and as soon as they are served another 1,000', {
    rate: 10,
    servers: 67,
    bursts: twice,
  }),
  burst('tick 10,000', 'medium', '10,000 calls in one tick, after quick ones at fifty a second', {
    rate: 50,
    servers: 67,
    duration: 100_000,
    bursts: again(10_000, 60_000, 100_000),
  }),
  {
    ...burst('tick 100,000', 'medium', '100,000 calls in one tick; no goal', {
      rate: 50,
      servers: 670,
      duration: 100_000,
      repeats: 1,
      bursts: again(100_000, 60_000, 100_000),
    }),
    wanted: { overNone: Number.POSITIVE_INFINITY },
    long: true,
  },
  ...onTraffic,
];
