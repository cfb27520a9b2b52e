import type { Policy } from './policy.ts';

const LEAST = 20;
const MOST = 200;
const QUEUE = 4;
const SMOOTHING = 0.2;
const TOLERANCE = 1.5;
/** Calls the long average remembers, and the first ones, which are averaged evenly. */
const LONG = 600;
const WARM_UP = 10;

/**
 * Netflix concurrency-limits' Gradient2 with its defaults, from its published rules, without the window that may be
 * put around it: the limit on calls under way follows the long average of latencies over the present one. A call that
 * fails before its timeout gives no sample.
 */
export const gradient2: Policy = {
  name: 'gradient2',
  kind: 'peer',
  about: 'written anew from the defaults of concurrency-limits: limit 20 to 200, tolerance 1.5, no window around it',
  hasWindow: false,
  start({ secrets }) {
    const { timeout } = secrets.scenario;
    let limit = LEAST;
    let load = 0;
    let long = 0;
    let samples = 0;
    const sample = (latency: number): void => {
      samples++;
      long += samples <= WARM_UP ? (latency - long) / samples : ((latency - long) * 2) / (LONG + 1);
      if (long / latency > 2) long *= 0.95;
      if (load < limit / 2) return;
      const gradient = Math.max(0.5, Math.min(1, (TOLERANCE * long) / latency));
      const wanted = limit * gradient + QUEUE;
      limit = Math.max(LEAST, Math.min(MOST, limit * (1 - SMOOTHING) + wanted * SMOOTHING));
    };
    return {
      ask(caller) {
        if (load >= Math.floor(limit)) {
          caller.refuse();
          return;
        }
        load++;
        caller.proceed();
      },
      settle(_pass, succeeded, _at, took) {
        if (succeeded || took >= timeout) sample(Math.max(took, 0.001));
        load--;
      },
    };
  },
};
