import type { Policy } from './policy.ts';

const CONSECUTIVE = 5;
/** Milliseconds: between two sweeps, and how long an ejection lasts, times how often it has happened. */
const INTERVAL = 10_000;
const EJECTION = 30_000;
const MOST = 300_000;

/**
 * Envoy's outlier detection with its defaults, from its published rules: five failures in a row eject the host for 30
 * s times the number of ejections, up to 300 s; a sweep every 10 s brings it back with all traffic, and forgets one
 * ejection for each sweep without.
 */
export const envoyOutlier: Policy = {
  name: 'envoy outlier',
  kind: 'peer',
  about: 'written anew from its published defaults: 5 failures in a row, 30 s and more, looked at every 10 s',
  hasWindow: false,
  start() {
    let run = 0;
    let ejections = 0;
    let ejectedAt = Number.NaN;
    let sweptAt = 0;
    const sweep = (at: number): void => {
      for (; sweptAt + INTERVAL <= at; sweptAt += INTERVAL) {
        if (Number.isNaN(ejectedAt)) ejections = Math.max(0, ejections - 1);
        else if (sweptAt + INTERVAL >= ejectedAt + Math.min(MOST, EJECTION * ejections)) ejectedAt = Number.NaN;
      }
    };
    return {
      ask(caller, at) {
        sweep(at);
        if (Number.isNaN(ejectedAt)) caller.proceed();
        else caller.refuse();
      },
      settle(_pass, succeeded, at) {
        sweep(at);
        run = succeeded ? 0 : run + 1;
        if (run < CONSECUTIVE || !Number.isNaN(ejectedAt)) return;
        run = 0;
        ejections++;
        ejectedAt = at;
      },
    };
  },
};
