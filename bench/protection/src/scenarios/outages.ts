import type { Plot } from './plot.ts';

const ALL = ['low', 'medium', 'high'] as const;
const BUSY = ['medium', 'high'] as const;

/** The service is gone, and comes back. A breaker should notice soon, ask seldom, and be back soon. */
export const outages: readonly Plot[] = [
  {
    name: 'crash',
    story: 'connections are refused at once',
    traffics: ALL,
    troubles: [{ kind: 'crash', absence: 'refuses' }],
  },
  {
    name: 'crash-hang',
    story: 'nothing answers; clients give up after 1 s',
    traffics: ALL,
    troubles: [{ kind: 'crash', absence: 'hangs' }],
  },
  {
    name: 'crash-hang-10s',
    story: 'nothing answers; clients give up after 10 s',
    traffics: ALL,
    timeout: 10_000,
    troubles: [{ kind: 'crash', absence: 'hangs' }],
  },
  {
    name: 'freeze',
    story: 'the process stands still, and afterwards works off its queue',
    traffics: ALL,
    troubles: [{ kind: 'freeze' }],
  },
  {
    name: 'outage-short',
    story: 'connections are refused for a twelfth of the span: 5 s at medium',
    traffics: ALL,
    troubles: [{ kind: 'crash', absence: 'refuses', to: 1 / 12 }],
  },
  {
    name: 'outage-long',
    story: 'connections are refused for five spans: 5 minutes at medium',
    traffics: ['medium'],
    spans: 5,
    troubles: [{ kind: 'crash', absence: 'refuses' }],
  },
  {
    name: 'flapping',
    story: 'up for 5 s and down for 5 s',
    traffics: ALL,
    troubles: [{ kind: 'crash', absence: 'refuses', lasting: 5_000, every: 10_000 }],
  },
  {
    name: 'cold-cache',
    story: 'after the outage each call is five times the work, until the calls of 20 s have warmed the cache',
    traffics: ['medium'],
    troubles: [{ kind: 'crash', absence: 'refuses', to: 0.5, cold: { slower: 5, calls: 1_000 } }],
  },
  {
    name: 'cold-cache',
    story: 'the same at high traffic: the calls of 10 s warm the cache',
    traffics: ['high'],
    troubles: [{ kind: 'crash', absence: 'refuses', to: 0.5, cold: { slower: 5, calls: 20_000 } }],
  },
  {
    name: 'crash-with-retries',
    story: 'connections are refused, and each client tries up to three times',
    traffics: BUSY,
    retries: 2,
    troubles: [{ kind: 'crash', absence: 'refuses' }],
  },
];
