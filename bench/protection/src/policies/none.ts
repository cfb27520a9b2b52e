import type { Policy } from './policy.ts';

/** Every call goes ahead. */
export const none: Policy = {
  name: 'none',
  kind: 'bound',
  about: 'no breaker',
  hasWindow: false,
  start: () => ({ ask: (caller) => caller.proceed(), settle: () => {} }),
};
