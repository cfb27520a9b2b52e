import type { Policy } from './policy.ts';
import { Rolling } from './rolling.ts';
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
