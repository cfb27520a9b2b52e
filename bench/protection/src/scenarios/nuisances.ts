import type { Plot } from './plot.ts';

const ALL = ['low', 'medium', 'high'] as const;
const BUSY = ['medium', 'high'] as const;

/** Something is wrong, but calling on is right or nearly so. A breaker should stay out of the way. */
export const nuisances: readonly Plot[] = [
  {
    name: 'latency-step',
    story: 'healthy, but with eight times the latency',
    traffics: ALL,
    troubles: [{ kind: 'latency', times: 8 }],
  },
  {
    name: 'shard',
    story: 'one shard of four refuses',
    traffics: ALL,
    troubles: [{ kind: 'shard', of: 4, absence: 'refuses' }],
  },
  {
    name: 'shard-hang',
    story: 'one shard of four never answers',
    traffics: ALL,
    troubles: [{ kind: 'shard', of: 4, absence: 'hangs' }],
  },
  {
    name: 'deploy-30%',
    story: '30 % of the calls fail during a deployment',
    traffics: ALL,
    troubles: [{ kind: 'errors', share: 0.3, to: 0.5 }],
  },
  { name: 'flaky-10%', story: '10 % of the calls fail at any time', traffics: ALL, noise: 0.1, troubles: [] },
  { name: 'noise-2%', story: '2 % of the calls fail at any time', traffics: ALL, noise: 0.02, troubles: [] },
  {
    name: 'errors-75%',
    story: '75 % of the calls fail at once',
    traffics: ALL,
    troubles: [{ kind: 'errors', share: 0.75 }],
  },
  {
    name: 'errors-50%',
    story: 'half of the calls fail at once',
    traffics: BUSY,
    troubles: [{ kind: 'errors', share: 0.5 }],
  },
  {
    name: 'glitches',
    story: 'every 20 s all calls fail for 200 ms',
    traffics: BUSY,
    spans: 2,
    troubles: [{ kind: 'errors', share: 1, lasting: 200, every: 20_000 }],
  },
];
