import type { Policy } from './policy.ts';
import { Rolling } from './rolling.ts';
import { ThreeStates } from './three-states.ts';

/**
 * Polly 8 with its defaults, from its published rules: a tenth of at least 100 calls within 30 s, judged at failures;
 * open for 5 s; one probe.
 */
export const polly: Policy = {
  name: 'polly 8',
  kind: 'peer',
  about: 'written anew from its published defaults: 10 % of at least 100 calls in 30 s, 5 s, one probe',
  hasWindow: true,
  start() {
    const rolling = new Rolling(30_000);
    return new ThreeStates({
      openFor: 5_000,
      probes: 1,
      rate: 1,
      judge(succeeded, at) {
        rolling.add(succeeded, at);
        return !succeeded && rolling.calls >= 100 && rolling.rate >= 0.1;
      },
      clear: () => rolling.clear(),
    });
  },
};
