import type { KeyedOptions } from '../contract/options.ts';
import { anyOf } from '../detector/any-of.ts';
import { sustained } from '../detector/sustained.ts';
import { exponential } from '../open-for/growing.ts';
import { probes } from '../recover/probes.ts';
import { ramp } from '../recover/ramp.ts';
import { allOf } from '../rules/all-of.ts';
import { consecutiveFailures, failureCount } from '../rules/counts.ts';
import { failureRate, slowCallRate } from '../rules/rates.ts';
import { countWindow } from '../window/count-window.ts';
import { timeWindow } from '../window/time-window.ts';

/**
 * Calls between services of your own. Opens at 5 failures within 10 s: they are near, fast and rarely fail, so five at
 * once are no noise. They must be a tenth of the calls, too, for in ten thousand calls five are: a share that a count
 * alone knows nothing of, and that no healthy service of your own reaches. Asks again after 15 to 30 s, which is what a
 * restart takes, and closes after 2 successes in a row of probes, since the first may have met the one instance that is up.
 */
export const microservice: KeyedOptions = {
  openWhen: /* @__PURE__ */ allOf(
    /* @__PURE__ */ failureCount(5),
    /* @__PURE__ */ failureRate(0.1, { minimumCalls: 5 }),
  ),
  window: /* @__PURE__ */ timeWindow(10_000),
  openFor: /* @__PURE__ */ exponential(30_000, { max: 120_000 }),
  recover: /* @__PURE__ */ probes({ permitted: 1, successes: 2 }),
};

/**
 * A database behind a pool. Opens when half of at least 10 calls within 30 s fail: single statements fail for reasons of
 * their own, half of them do not. Opens after 10 failures in a row too, if nothing has succeeded for a second after them:
 * when a database hangs, a pool lets few calls fail, and the successes of the half minute before outweigh them for long;
 * but a pool whose connections all drop in one moment has 10 failures in a row as well, and is well again in the next.
 * Asks again after 30 to 60 s, as a failover takes about that long and a herd of new connections makes it longer, and
 * comes back by a ramp, because a cold cache does not bear the whole load at once.
 */
export const database: KeyedOptions = {
  openWhen: /* @__PURE__ */ anyOf(
    /* @__PURE__ */ failureRate(0.5, { minimumCalls: 10 }),
    /* @__PURE__ */ sustained(/* @__PURE__ */ consecutiveFailures(10), 1_000),
  ),
  window: /* @__PURE__ */ timeWindow(30_000),
  openFor: /* @__PURE__ */ exponential(60_000, { max: 120_000 }),
  recover: /* @__PURE__ */ ramp([0.1, 0.5, 1], { stage: 5_000 }),
};

/**
 * Somebody else's API. Opens when 4 of the last 10 calls failed: traffic is often too thin for a window of time, and
 * 40 % is far above what a public API shows on a bad day. It must stay so for a second, for of ten calls in a moment four
 * fail by chance: at 10 % noise in one ten of 78, and a busy caller sees hundreds of tens in a second. Asks again after
 * 15 to 30 s; a Retry-After of the server's is honoured up to five minutes.
 */
export const externalApi: KeyedOptions = {
  openWhen: /* @__PURE__ */ sustained(/* @__PURE__ */ failureRate(0.4, { minimumCalls: 10 }), 1_000),
  window: /* @__PURE__ */ countWindow(10),
  openFor: /* @__PURE__ */ exponential(30_000, { max: 300_000 }),
  recover: /* @__PURE__ */ probes({ permitted: 1, successes: 2 }),
};

/**
 * Calls that cost money when they hang and more when they are lost. Opens when half of at least 10 calls within 10 s
 * fail, or 8 in 10 take 5 s or longer, by when a customer has left. Asks again after 2.5 to 5 s, because every minute
 * without it is revenue, remembers for a minute that it has just been down, and lets traffic back at 10, 25, 50 and
 * 100 %. Keep what cannot be charged in a queue.
 */
export const payments: KeyedOptions = {
  openWhen: /* @__PURE__ */ anyOf(
    /* @__PURE__ */ failureRate(0.5, { minimumCalls: 10 }),
    /* @__PURE__ */ slowCallRate(0.8, { slowerThan: 5_000, minimumCalls: 10 }),
  ),
  window: /* @__PURE__ */ timeWindow(10_000),
  openFor: /* @__PURE__ */ exponential(5_000, { max: 60_000, forgetAfter: 60_000 }),
  recover: /* @__PURE__ */ ramp([0.1, 0.25, 0.5, 1], { stage: 5_000 }),
};

/**
 * Calls whose answer is worthless when late. Opens when two failures in a row are followed by another a tenth of a second
 * later or more, and by no success before it: three in quiet traffic. In busy traffic three in a row are a matter of time,
 * and a tenth of a second of nothing else is not. Opens too when half of at least 10 calls within 5 s take a second or longer. Asks again after 2.5
 * to 5 s at the most, since being back early matters more here than being polite.
 */
export const realtime: KeyedOptions = {
  openWhen: /* @__PURE__ */ anyOf(
    /* @__PURE__ */ sustained(/* @__PURE__ */ consecutiveFailures(2), 100),
    /* @__PURE__ */ slowCallRate(0.5, { slowerThan: 1_000, minimumCalls: 10 }),
  ),
  window: /* @__PURE__ */ timeWindow(5_000),
  openFor: /* @__PURE__ */ exponential(5_000, { factor: 1, max: 5_000 }),
  recover: /* @__PURE__ */ probes({ permitted: 2, successes: 2 }),
};
