import type { Verdict } from '../vocabulary/because.ts';

/** The verdict with the plain counters beside the rule's own numbers: whoever reads it will ask for them next. */
export function enriched(verdict: Verdict, calls: number, failures: number, slow: number | undefined): Verdict {
  const slowness = slow === undefined ? {} : { slow, slowCallRate: slow / calls };
  const evidence = { calls, failures, failureRate: failures / calls, ...slowness, ...verdict.evidence };
  return { ...verdict, evidence };
}
