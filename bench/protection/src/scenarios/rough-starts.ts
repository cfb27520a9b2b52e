import type { Fault } from './fault.ts';
import type { Scenario } from './scenario.ts';
import { again, healthy, type Workload } from './workload.ts';

const HOUR = 3_600_000;
const AT_ONCE = 'and all end in the same millisecond, which the default counts as one failure';
const MEDIUM = { rate: 50, servers: 2, service: 24, timeout: 1_000, duration: 180_000, repeats: 3 };

/** No breaker should cost more than none where there is a fault. */
function faulty(name: string, traffic: string, story: string, changes: Partial<Scenario>): Workload {
  return { story, scenario: healthy(name, traffic, changes), wanted: { overNone: 1.05 } };
}

function down(from: number, to: number, absence: 'refuses' | 'hangs'): Fault[] {
  return [{ kind: 'crash', absence, from, to }];
}

/** Outages that a breaker meets before it has learned what is normal, or with few calls to learn from. */
export const roughStarts: readonly Workload[] = [
  ...(['refuses', 'hangs'] as const).flatMap((absence) => [
    faulty(`boot ${absence}`, 'medium', `the dependency ${absence} from the start, for a minute`, {
      ...MEDIUM,
      faults: down(0, 60_000, absence),
    }),
    ...[0, 0.24].map((each) =>
      faulty(
        `job 200 ${absence}`,
        each > 0 ? 'within 48 ms' : 'in one ms',
        `a job sends 200 calls every 30 s, ${each > 0 ? 'within 48 ms' : AT_ONCE}; an outage of 2 min`,
        {
          bursts: again(200, 30_000, 400_000, each * 200),
          duration: 400_000,
          faults: down(100_000, 220_000, absence),
        },
      ),
    ),
    faulty(`short-lived ${absence}`, 'medium', 'instances of 20 to 50 calls in an outage of a minute', {
      ...MEDIUM,
      lifetime: [20, 50],
      faults: down(60_000, 120_000, absence),
    }),
    faulty(`fifty ${absence}`, 'every 10 min', 'fifty calls within 5 s every ten minutes; an outage of 4 hours', {
      timeout: 1_000,
      duration: 12 * HOUR,
      bursts: again(50, HOUR / 6, 12 * HOUR, 5_000),
      faults: down(4 * HOUR, 8 * HOUR, absence),
    }),
  ]),
  faulty('one a second', 'all fail', 'one call a second, which fails, for ten minutes from the start', {
    bursts: again(1, 1_000, 900_000),
    duration: 900_000,
    faults: down(0, 600_000, 'refuses'),
  }),
  faulty('long calls hang', '5 a second', 'calls of 2 s; nothing answers for 5 min; clients give up after 30 s', {
    rate: 5,
    servers: 20,
    service: 2_000,
    timeout: 30_000,
    duration: HOUR / 4,
    faults: down(HOUR / 12, HOUR / 6, 'hangs'),
  }),
];
