import { type BreakerOptions, failureRate } from '@switchgear/core';
import { breakerFetch } from '@switchgear/fetch';
import { createBreaker, protectPool } from '@switchgear/pg';
import type { Policy } from './policy.ts';

function switchgear(name: string, about: string, options: Partial<BreakerOptions> = {}): Policy {
  return {
    name,
    about,
    start(noted) {
      const breaker = createBreaker({ name: 'service', ...options });
      breaker.subscribe((event) => {
        if (event.type === 'move') noted(event.to);
      });
      return {
        fetch: breakerFetch({ breaker }),
        pool(pool) {
          protectPool(pool, { breaker });
          return (text) => pool.query(text);
        },
      };
    },
  };
}

/** What the first line of our README makes. */
export const byDefault: Policy = switchgear(
  'Switchgear',
  '`createBreaker({ name })`, through `breakerFetch({ breaker })` or `protectPool(pool, { breaker })`',
);

/** Naming a rule gives numbers for everything else. */
export const classic: Policy = switchgear(
  'Switchgear, classic',
  '`openWhen: failureRate(0.5, { minimumCalls: 20 })`, and with it the classic defaults: a window of 10 s, waits of 5 s and longer, two probes',
  { openWhen: failureRate(0.5, { minimumCalls: 20 }) },
);
