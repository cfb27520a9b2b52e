import type { Policy } from './policy.ts';
import { ThreeStates } from './three-states.ts';

const SIZE = 100;

/**
 * resilience4j with its defaults, from its published rules: half of the last 100 calls failed, once there are 100;
 * open for 60 s; then 10 calls, judged by the same share.
 */
export const resilience4j: Policy = {
  name: 'resilience4j',
  kind: 'peer',
  about: 'written anew from its published defaults: 50 % of the last 100 calls, 60 s, 10 probes',
  hasWindow: false,
  start() {
    const last: boolean[] = [];
    let begin = 0;
    let failures = 0;
    return new ThreeStates({
      openFor: 60_000,
      probes: 10,
      rate: 0.5,
      judge(succeeded) {
        if (last.length === SIZE && !last[begin]) failures--;
        last[begin] = succeeded;
        begin = (begin + 1) % SIZE;
        if (!succeeded) failures++;
        return last.length === SIZE && failures >= SIZE / 2;
      },
      clear() {
        last.length = 0;
        begin = 0;
        failures = 0;
      },
    });
  },
};
