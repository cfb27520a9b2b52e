/** Numbers of calls that an instance was told of since it began: they only grow. */
export interface Sums {
  readonly calls: number;
  readonly failures: number;

  /** Calls that were slow by the rule of that instance. */
  readonly slow: number;
}

/** No calls. */
export const NONE: Sums = { calls: 0, failures: 0, slow: 0 };

/** The later of two sums of one life: a join, so it does not matter in which order or how often reports arrive. */
export function joined(one: Sums, other: Sums): Sums {
  return {
    calls: Math.max(one.calls, other.calls),
    failures: Math.max(one.failures, other.failures),
    slow: Math.max(one.slow, other.slow),
  };
}

/** What came to the sums since they were these. Nothing if they are older. */
export function since(sums: Sums, before: Sums): Sums {
  const calls = Math.max(0, sums.calls - before.calls);
  const of = (now: number, then: number) => Math.min(calls, Math.max(0, now - then));
  return { calls, failures: of(sums.failures, before.failures), slow: of(sums.slow, before.slow) };
}
