import { differenceOf, estimate, shareWorseThanNone } from '../results/excess.ts';
import type { Results } from '../results/results.ts';
import type { Goal } from './goal.ts';
import {
  costOver,
  excessOverBestPeer,
  JUDGED,
  meanOverBest,
  mostOver,
  surelyAboveReference,
  usefulOverOracle,
} from './measures.ts';

const peer = (results: Results, cell: string): string => results.bestPeer(cell).name;
const best = (results: Results, cell: string): string => results.bestLocal(cell).name;
const none = (): string => 'none';

const CLEAN = ['crash', 'crash-hang', 'crash-hang-10s', 'freeze', 'outage-short'].flatMap((name) => [
  `${name}@medium`,
  `${name}@high`,
]);
const HARMLESS = ['shard', 'shard-hang', 'deploy-30%', 'flaky-10%'];
const HARMLESS_CELLS = HARMLESS.flatMap((name) => ['low', 'medium', 'high'].map((traffic) => `${name}@${traffic}`));

/** The value of the protection, compared with the others. */
export const worth: readonly Goal[] = [
  {
    number: 6,
    what: 'cost over the best peer, in the worst clean outage at 50 and 2,000 calls a second',
    atMost: 1,
    unit: 'x',
    of: costOver(CLEAN, peer),
  },
  {
    number: 6,
    what: 'cost over the best of all in each cell, geometric mean',
    atMost: 1.03,
    unit: 'x',
    of: meanOverBest,
  },
  {
    number: 6,
    what: 'cost over the best of all in each cell, worst',
    atMost: 1.3,
    unit: 'x',
    of: costOver(undefined, best),
  },
  ...['medium', 'high'].flatMap((traffic): Goal[] => [
    {
      number: 7,
      what: `useful answers in a brownout to 30 %, over the oracle, at ${traffic} traffic`,
      atLeast: 0.95,
      unit: 'x',
      of: usefulOverOracle(`brownout-30%@${traffic}`),
    },
    {
      number: 7,
      what: `useful answers in a retry storm, over the oracle, at ${traffic} traffic`,
      atLeast: 1,
      unit: 'x',
      of: usefulOverOracle(`retry-storm@${traffic}`),
    },
    {
      number: 7,
      what: `a retry storm ends after its cause, at ${traffic} traffic`,
      atMost: 2_500,
      unit: 'ms',
      of: mostOver([`retry-storm@${traffic}`], 'lag'),
    },
    {
      number: 8,
      what: `peak load on a cold cache, over what it can do, at ${traffic} traffic`,
      atMost: 1.6,
      unit: 'x',
      of: mostOver([`cold-cache@${traffic}`], 'peak'),
    },
    {
      number: 8,
      what: `cost of a cold cache, over the best peer, at ${traffic} traffic`,
      atMost: 0.75,
      unit: 'x',
      of: costOver([`cold-cache@${traffic}`], peer),
    },
  ]),
  {
    number: 9,
    what: 'cost over no breaker where a breaker should not trip: shards, deployment, flaky',
    atMost: 1.05,
    unit: 'x',
    of: costOver(HARMLESS_CELLS, none),
  },
  {
    number: 9,
    what: 'cost over no breaker at eight times the latency, low and medium traffic',
    atMost: 1.05,
    unit: 'x',
    of: costOver(['latency-step@low', 'latency-step@medium'], none),
  },
  {
    number: 9,
    what: 'cost over no breaker at eight times the latency, high traffic',
    atMost: 1.15,
    unit: 'x',
    of: costOver(['latency-step@high'], none),
  },
  {
    number: 10,
    what: 'random scenarios: mean cost above the reference on the same chances, its lower bound',
    atMost: 0,
    unit: '',
    of: surelyAboveReference,
  },
  {
    number: 10,
    what: 'random scenarios: mean cost above the reference on the same chances',
    atMost: 0,
    unit: '',
    of: ({ random }) => estimate(differenceOf(random, JUDGED, 'reference')).mean,
  },
  {
    number: 10,
    what: 'random scenarios: mean excess over the oracle, over that of the best peer',
    atMost: 0.25,
    unit: 'x',
    of: excessOverBestPeer,
  },
  {
    number: 10,
    what: 'random scenarios that cost over 5 % more than without a breaker',
    atMost: 6,
    unit: '%',
    of: ({ random }) => 100 * shareWorseThanNone(random, JUDGED),
  },
  {
    number: 12,
    what: 'time of a call, over a classic breaker',
    atMost: 150,
    unit: 'ns',
    of: ({ overhead }) => overhead,
  },
];
