import type { Policy } from '../policies/policy.ts';
import { Line } from './line.ts';

/**
 * Calls before the change, which fill windows of time at 50 calls a second, and milliseconds that fill them at 2,000.
 */
const CALLS = 2_000;
const TIME = 35_000;
/** Calls that all runs of one measurement may take to warm up, and how few or many runs that makes. */
const BUDGET = 200_000;
const BUDGET_OF_PACKAGES = 50_000;
const FEWEST = 2;
const MOST = 200;
/** Runs of one that need not fill a window. */
const OURS = 400;
/** A run whose policy refuses again and again while it warms up is given up, and so is one that sees nothing. */
const FALSE_ALARMS = 20;
const PATIENCE = 60_000;

/** How soon a policy notices that calls fail more often. */
export interface Delay {
  /**
   * Calls made from the change to the first refusal, on average; `Infinity` if there was none in 60,000, `NaN` if it
   * never got that far.
   */
  readonly calls: number;

  /** The same in milliseconds, from the first failed answer on. */
  readonly time: number;

  /** Calls between two refusals while nothing had changed, on average; `Infinity` if there was none. */
  readonly between: number;
}

/** What changes, and at what traffic. */
export interface Change {
  /** Calls a second. */
  readonly rate: number;

  /** Shares of failures, before and after. */
  readonly normal: number;
  readonly changed: number;
  readonly seed: number;

  /** Of the runs that a policy of its speed can have, this share; 1 but for a quick look. */
  readonly effort: number;
}

/** Measures it. */
export async function delayOf(policy: Policy, { rate, normal, changed, seed, effort }: Change): Promise<Delay> {
  const warmUp = policy.hasWindow ? Math.max(CALLS, (TIME * rate) / 1_000) : CALLS;
  const runs = Math.max(FEWEST, Math.round(effort * runsOf(policy, warmUp)));
  let sum = 0;
  let made = 0;
  let calm = 0;
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    const warm = await warmedUp(policy, rate, normal, warmUp, seed + 1_000 * run);
    calm += warm.calls;
    alarms += warm.alarms;
    const calls = warm.line ? await untilRefusal(warm.line, changed) : Number.NaN;
    warm.line?.guard.stop?.();
    if (Number.isNaN(calls)) break;
    sum += calls;
    made++;
    if (calls === Number.POSITIVE_INFINITY) break;
  }
  const calls = sum / made;
  return { calls, time: ((calls - 1) * 1_000) / rate, between: alarms > 0 ? calm / alarms : Number.POSITIVE_INFINITY };
}

function runsOf({ hasWindow, isPackage }: Policy, warmUp: number): number {
  if (!hasWindow) return OURS;
  return Math.min(MOST, (isPackage ? BUDGET_OF_PACKAGES : BUDGET) / warmUp);
}

interface Warm {
  readonly line: Line | undefined;
  readonly calls: number;
  readonly alarms: number;
}

/** A policy after `wanted` calls without a refusal. */
async function warmedUp(policy: Policy, rate: number, normal: number, wanted: number, seed: number): Promise<Warm> {
  let calls = 0;
  for (let alarms = 0; alarms < FALSE_ALARMS; alarms++) {
    const line = new Line(policy, rate, seed + alarms);
    let inRow = 0;
    while (inRow < wanted && line.call(normal)) {
      inRow++;
      await line.guard.idle?.();
    }
    calls += inRow;
    if (inRow >= wanted) return { line, calls, alarms };
    line.guard.stop?.();
  }
  return { line: undefined, calls, alarms: FALSE_ALARMS };
}

async function untilRefusal(line: Line, failing: number): Promise<number> {
  for (let calls = 0; calls < PATIENCE; calls++) {
    if (!line.call(failing)) return calls;
    await line.guard.idle?.();
  }
  return Number.POSITIVE_INFINITY;
}
