import type { Goal } from './goal.ts';
import { mostOver, slownessAt, timeToNotice } from './measures.ts';

/** Detection of faults and of their end, and false alarms. */
export const noticing: readonly Goal[] = [
  ...[0.001, 0.02, 0.05, 0.1, 0.2].map(
    (noise): Goal => ({
      number: 1,
      what: `false trips in 10 million calls, ${noise * 100} % of which fail, at 50 calls a second`,
      atMost: 0,
      unit: '',
      of: ({ falseTrips }) => falseTrips[noise] ?? Number.NaN,
    }),
  ),
  {
    number: 2,
    what: 'calls until all failing is noticed, over the best possible with three failures, up to 50 calls a second',
    atMost: 1.6,
    unit: 'x',
    of: slownessAt(50, 'all'),
  },
  {
    number: 2,
    what: 'calls until 75 % failing is noticed, over the best possible with three failures, up to 50 calls a second',
    atMost: 1.4,
    unit: 'x',
    of: slownessAt(50, 'most'),
  },
  {
    number: 3,
    what: 'all failing noticed after the first failed answer, at 2,000 calls a second',
    atMost: 10,
    unit: 'ms',
    of: timeToNotice(2_000),
  },
  {
    number: 3,
    what: 'calls until one failing call a second, from the start, is noticed',
    atMost: 5,
    unit: '',
    of: mostOver(['one a second@all fail'], 'noticed'),
  },
  {
    number: 4,
    what: 'hang noticed at 50 calls a second, whether clients give up after 1 or 10 s',
    atMost: 500,
    unit: 'ms',
    of: mostOver(['crash-hang@medium', 'crash-hang-10s@medium'], 'detection'),
  },
  {
    number: 4,
    what: 'hang noticed at 2,000 calls a second, likewise; silence counts after 150 ms',
    atMost: 200,
    unit: 'ms',
    of: mostOver(['crash-hang@high', 'crash-hang-10s@high'], 'detection'),
  },
  {
    number: 5,
    what: 'back after an outage of a minute, at 50 calls a second',
    atMost: 2_500,
    unit: 'ms',
    of: mostOver(['crash@medium', 'crash-hang@medium'], 'lag'),
  },
  {
    number: 5,
    what: 'back after a hang of a minute at 50 calls a second, if the last probe can hang for 10 s',
    atMost: 10_000,
    unit: 'ms',
    of: mostOver(['crash-hang-10s@medium'], 'lag'),
  },
  {
    number: 5,
    what: 'back after 20 s, at 2,000 calls a second',
    atMost: 1_000,
    unit: 'ms',
    of: mostOver(['crash@high', 'crash-hang@high', 'crash-hang-10s@high'], 'lag'),
  },
  {
    number: 5,
    what: 'failed calls of those offered during the fault, at 50 calls a second',
    atMost: 2.5,
    unit: '%',
    of: (results) => 100 * mostOver(['crash@medium', 'crash-hang@medium', 'crash-hang-10s@medium'], 'failing')(results),
  },
  {
    number: 5,
    what: 'failed calls of those offered during a crash, at 2,000 calls a second',
    atMost: 0.6,
    unit: '%',
    of: (results) => 100 * mostOver(['crash@high'], 'failing')(results),
  },
  {
    number: 5,
    what: 'failed calls of those offered during a hang, at 2,000 calls a second; 150 ms of it are 0.75 %',
    atMost: 1.35,
    unit: '%',
    of: (results) => 100 * mostOver(['crash-hang@high', 'crash-hang-10s@high'], 'failing')(results),
  },
];
