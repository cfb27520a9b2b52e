import type { Plot } from './plot.ts';

const BUSY = ['medium', 'high'] as const;

const brownout = (capacity: number): Plot => ({
  name: `brownout-${Math.round(capacity * 100)}%`,
  story: `${Math.round(capacity * 100)} % of the capacity is left; 60 % are needed`,
  traffics: BUSY,
  troubles: [{ kind: 'brownout', capacity }],
});

/** More is asked than can be done. A breaker should let through what can be done, and turn away the rest. */
export const overloads: readonly Plot[] = [
  brownout(0.55),
  brownout(0.3),
  brownout(0.1),
  {
    name: 'load-spike',
    story: 'three times as many clients',
    traffics: BUSY,
    troubles: [{ kind: 'load', times: 3 }],
  },
  {
    name: 'retry-storm',
    story: 'a short brownout, with clients that try up to four times: the retries outlast their cause',
    traffics: BUSY,
    retries: 3,
    troubles: [{ kind: 'brownout', capacity: 0.2, to: 0.2 }],
  },
  {
    name: 'slow-degrade',
    story: 'the capacity decreases to a tenth, step by step',
    traffics: BUSY,
    troubles: [{ kind: 'degradation', capacity: 0.1 }],
  },
];
