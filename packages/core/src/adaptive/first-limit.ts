import type { Vitals } from '../vitals/vitals.ts';
import type { Instant } from '../vocabulary/time.ts';
import { type Limit, limitOf } from './limit.ts';

/** Chance brings together up to this many times the calls that are normally under way, and one more. */
const CHANCE = 2;
/** After this many normal latencies without a success, caches begin to be cold. */
const COLD = 4;

/** How many calls are under way while all is well. */
export function normalLoad(vitals: Vitals, at: Instant): number {
  return vitals.rate(at) * vitals.normalLatency;
}

/** The limit on the way from closed: those under way are too many, so it is what there would be if all were well. */
export function afterOverload(vitals: Vitals, at: Instant): Limit {
  const calls = Math.max(1, Math.min(vitals.load, CHANCE * (normalLoad(vitals, at) + 1)));
  return limitOf(calls, calls);
}

/** The limit once the first probe has succeeded: what is normal, and less after a longer outage, because caches are cold. */
export function afterOutage(vitals: Vitals, at: Instant): Limit {
  const { gap, normalLatency } = vitals;
  const normal = normalLoad(vitals, at);
  const calls = gap > COLD * normalLatency ? (normal * COLD * normalLatency) / gap : normal;
  return limitOf(Math.max(1, calls), Infinity);
}
