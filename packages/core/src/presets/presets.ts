import type { KeyedOptions } from '../contract/options.ts';
import { exponential } from '../open-for/growing.ts';
import { probes } from '../recover/probes.ts';
import { ramp } from '../recover/ramp.ts';
import { allOf } from '../rules/all-of.ts';
import { anyOf } from '../rules/any-of.ts';
import { consecutiveFailures, failureCount } from '../rules/counts.ts';
import { failureRate, slowCallRate } from '../rules/rates.ts';
import { sustained } from '../rules/sustained.ts';
import { timeWindow } from '../window/time-window.ts';
import { countWindow } from '../window/window.ts';

/**
 * Preset for calls between your own services.
 *
 * Opens at 5 failures within 10 s: such services are near, fast and rarely fail, so five at once are not noise. The
 * failures must also be a tenth of the calls, because five among ten thousand are noise; no healthy service of your own
 * reaches that share. Probes after 15 to 30 s, about the time of a restart, and closes after 2 successful probes, because
 * the first may have reached the only instance that is up.
 */
export const microservice: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: allOf(failureCount(5), failureRate(0.1, { minimumCalls: 5 })),
  window: timeWindow(10_000),
  openFor: exponential(30_000, { max: 120_000 }),
  recover: probes({ permitted: 1, successes: 2 }),
}));

/**
 * Preset for a database behind a connection pool.
 *
 * Opens when half of at least 10 calls within 30 s fail: single statements may fail for reasons of their own, but not half
 * of them. Also opens after 10 failures in a row if failures continue for a second without a success. The row is needed
 * because few calls of a pool fail while a database hangs, and earlier successes outweigh them for long. The second is
 * needed because a pool whose connections all drop at once also has 10 failures in a row, and recovers at once. Probes
 * after 30 to 60 s, about the time of a failover, which many new connections would prolong. Traffic returns by a ramp,
 * because a cold cache cannot bear the whole load at once.
 */
export const database: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: anyOf(failureRate(0.5, { minimumCalls: 10 }), sustained(consecutiveFailures(10), 1_000)),
  window: timeWindow(30_000),
  openFor: exponential(60_000, { max: 120_000 }),
  recover: ramp([0.1, 0.5, 1], { stage: 5_000 }),
}));

/**
 * Preset for a third-party API.
 *
 * Opens when 4 of the last 10 calls failed: traffic is often too thin for a time window, and 40 % is far above what a
 * public API shows on a bad day. The rule must hold for a second, because four of ten calls may fail by chance: at 10 %
 * noise that happens in one of 78 windows, and a busy caller sees hundreds of windows a second. Probes after 15 to 30 s; a
 * Retry-After of the server is honoured up to five minutes.
 */
export const externalApi: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: sustained(failureRate(0.4, { minimumCalls: 10 }), 1_000),
  window: countWindow(10),
  openFor: exponential(30_000, { max: 300_000 }),
  recover: probes({ permitted: 1, successes: 2 }),
}));

/**
 * Preset for payments, which cost money if they hang and more if they are lost.
 *
 * Opens when half of at least 10 calls within 10 s fail, or 8 in 10 take 5 s or longer, by which time customers leave.
 * Probes after 2.5 to 5 s, because every minute open costs revenue. The waits start from the first again only after a
 * minute closed. Traffic returns at 10, 25, 50 and 100 %. Queue payments that are refused.
 */
export const payments: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: anyOf(failureRate(0.5, { minimumCalls: 10 }), slowCallRate(0.8, { slowerThan: 5_000, minimumCalls: 10 })),
  window: timeWindow(10_000),
  openFor: exponential(5_000, { max: 60_000, forgetAfter: 60_000 }),
  recover: ramp([0.1, 0.25, 0.5, 1], { stage: 5_000 }),
}));

/**
 * Preset for calls whose answer is worthless when late.
 *
 * Opens when two failures in a row are followed by another at least 0.1 s later, without a success in between: three
 * failures in quiet traffic. The 0.1 s are needed because in busy traffic three failures in a row happen by chance sooner
 * or later. Also opens when half of at least 10 calls within 5 s take a second or longer. Probes after 2.5 to 5 s, every
 * time, because an early return matters more here than sparing the service.
 */
export const realtime: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: anyOf(sustained(consecutiveFailures(2), 100), slowCallRate(0.5, { slowerThan: 1_000, minimumCalls: 10 })),
  window: timeWindow(5_000),
  openFor: exponential(5_000, { factor: 1, max: 5_000 }),
  recover: probes({ permitted: 2, successes: 2 }),
}));

/** The options that presets set. */
type PresetOptions = Required<Pick<KeyedOptions, 'openWhen' | 'window' | 'openFor' | 'recover'>>;

/** Makes a preset's plugs when one is first read, because an import makes nothing and most programs use one preset or none. */
function whenRead(make: () => PresetOptions): PresetOptions {
  let made: PresetOptions | undefined;
  const plugs = (): PresetOptions => (made ??= make());
  return {
    get openWhen() {
      return plugs().openWhen;
    },
    get window() {
      return plugs().window;
    },
    get openFor() {
      return plugs().openFor;
    },
    get recover() {
      return plugs().recover;
    },
  };
}
