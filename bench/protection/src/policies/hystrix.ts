import type { Policy } from './policy.ts';
import { Rolling } from './rolling.ts';
import { ThreeStates } from './three-states.ts';

/** Milliseconds between two looks at the figures. */
const LOOK_EVERY = 500;

/**
 * Hystrix with its defaults, from its published rules: half of at least 20 calls within 10 s, looked at twice a
 * second; 5 s; one probe.
 */
export const hystrix: Policy = {
  name: 'hystrix',
  kind: 'peer',
  about: 'written anew from its published defaults: 50 % of at least 20 calls in 10 s, 5 s, one probe',
  hasWindow: true,
  start() {
    const rolling = new Rolling(10_000);
    let lookedAt = 0;
    return new ThreeStates({
      openFor: 5_000,
      probes: 1,
      rate: 1,
      judge(succeeded, at) {
        rolling.add(succeeded, at);
        if (at - lookedAt < LOOK_EVERY) return false;
        lookedAt = at;
        return rolling.calls >= 20 && rolling.rate >= 0.5;
      },
      clear: () => rolling.clear(),
    });
  },
};
