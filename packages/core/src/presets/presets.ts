import { selfClocked } from '../adaptive/self-clocked.ts';
import { watching } from '../adaptive/watching.ts';
import type { KeyedOptions } from '../contract/options.ts';
import type { DetectorRecipe } from '../detector/detector.ts';
import { type SquareRootOptions, squareRoot } from '../open-for/square-root.ts';
import { allOf } from '../rules/all-of.ts';
import { anyOf } from '../rules/any-of.ts';
import { consecutiveFailures, failureCount } from '../rules/counts.ts';
import { failureRate, slowCallRate } from '../rules/rates.ts';
import type { Rule } from '../rules/rule.ts';
import { sustained } from '../rules/sustained.ts';
import { timeWindow } from '../window/time-window.ts';
import { countWindow, type WindowRecipe } from '../window/window.ts';

/**
 * Preset for calls between your own services: adaptive mode, and limits of its own.
 *
 * It also opens at 5 failures within 10 s: such services are near, fast and rarely fail, so five at once are not noise. The
 * failures must also be a fifth of the calls: five among ten thousand are noise, and at a tenth it opened on faults of a second
 * or two that cost less than opening. It waits 30 s at most between probes, about the time of a restart.
 */
export const microservice: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: allOf(failureCount(5), failureRate(0.2, { minimumCalls: 5 })),
  window: timeWindow(10_000),
  longestWait: { max: 30_000 },
}));

/**
 * Preset for a database behind a connection pool: adaptive mode, and limits of its own.
 *
 * It also opens when half of at least 10 calls within 30 s fail: single statements may fail for reasons of their own, but
 * not half of them. And after 10 failures in a row if failures continue for a second without a success. The row is needed
 * because few calls of a pool fail while a database hangs, and earlier successes outweigh them for long. The second is
 * needed because a pool whose connections all drop at once also has 10 failures in a row, and recovers at once. It waits
 * 60 s at most between probes, about the time of a failover, which many new connections would prolong.
 */
export const database: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: anyOf(failureRate(0.5, { minimumCalls: 10 }), sustained(consecutiveFailures(10), 1_000)),
  window: timeWindow(30_000),
  longestWait: { max: 60_000 },
}));

/**
 * Preset for a third-party API: adaptive mode, and limits of its own.
 *
 * It also opens when 4 of the last 10 calls failed: traffic is often too thin for a time window, and 40 % is far above what a
 * public API shows on a bad day. The rule must hold for a second, because four of ten calls may fail by chance: at 10 %
 * noise that happens in one of 78 windows, and a busy caller sees hundreds of windows a second. It waits 30 s at most
 * between probes; a Retry-After of the server is honoured up to five minutes.
 */
export const externalApi: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: sustained(failureRate(0.4, { minimumCalls: 10 }), 1_000),
  window: countWindow(10),
  longestWait: { max: 30_000, retryAfterMax: 300_000 },
}));

/**
 * Preset for payments, which cost money if they hang and more if they are lost: adaptive mode, and limits of its own.
 *
 * It also opens when half of at least 10 calls within 10 s fail, or 8 in 10 take 5 s or longer, by which time customers
 * leave. It waits 60 s at most between probes, because each probe that fails is a customer's charge. Queue payments that are
 * refused.
 */
export const payments: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: anyOf(failureRate(0.5, { minimumCalls: 10 }), slowCallRate(0.8, { slowerThan: 5_000, minimumCalls: 10 })),
  window: timeWindow(10_000),
  longestWait: { max: 60_000 },
}));

/**
 * Preset for calls whose answer is worthless when late: adaptive mode, and limits of its own.
 *
 * It also opens when two failures in a row are followed by another at least 0.1 s later, without a success in between: three
 * failures in quiet traffic. The 0.1 s are needed because in busy traffic three failures in a row happen by chance sooner
 * or later. And when half of at least 10 calls within 5 s take a second or longer. It waits 10 s at most between probes,
 * because an early return matters more here than sparing the service.
 */
export const realtime: KeyedOptions = /* @__PURE__ */ whenRead(() => ({
  openWhen: anyOf(sustained(consecutiveFailures(2), 100), slowCallRate(0.5, { slowerThan: 1_000, minimumCalls: 10 })),
  window: timeWindow(5_000),
  longestWait: { max: 10_000 },
}));

/** What a preset adds to adaptive mode. */
interface Limits {
  readonly openWhen: Rule | DetectorRecipe;
  readonly window: WindowRecipe;
  readonly longestWait: SquareRootOptions;
}

/** The options that presets set. */
type PresetOptions = Required<Pick<KeyedOptions, 'openWhen' | 'window' | 'openFor' | 'recover'>>;

/** Makes a preset's plugs when one is first read, because an import makes nothing and most programs use one preset or none. */
function whenRead(limits: () => Limits): PresetOptions {
  let made: PresetOptions | undefined;
  const plugs = (): PresetOptions => (made ??= withAdaptive(limits()));
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

/** Adaptive mode with limits beside its own rule. The preset's rule comes first, because metrics show its numbers. */
function withAdaptive({ openWhen, window, longestWait }: Limits): PresetOptions {
  return { openWhen: anyOf(openWhen, watching()), window, openFor: squareRoot(longestWait), recover: selfClocked() };
}
