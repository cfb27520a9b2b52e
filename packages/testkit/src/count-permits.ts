import type { Breaker, Permit } from '@switchgear/core';

/** Counts of a breaker's permits. */
export interface PermitCount {
  /** The breaker to hand out. It behaves like the original and counts permits. */
  readonly breaker: Breaker;
  readonly issued: number;

  /** Issued and not yet settled. */
  readonly inFlight: number;

  /** Permits that were settled more than once. */
  readonly settledTwice: number;

  /** Outcomes recorded without a permit. */
  readonly recorded: number;
}

/** Counts permits, to show that an adapter settles each of them exactly once. */
export function countPermits(breaker: Breaker): PermitCount {
  const count = { issued: 0, inFlight: 0, settledTwice: 0, recorded: 0 };

  function watch(permit: Permit): Permit {
    let settlements = 0;
    count.issued += 1;
    count.inFlight += 1;
    return {
      probe: permit.probe,
      settle: (...verdict) => {
        settlements += 1;
        if (settlements === 1) count.inFlight -= 1;
        if (settlements === 2) count.settledTwice += 1;
        permit.settle(...verdict);
      },
    };
  }

  const watched: Partial<Breaker> = {
    acquire: () => watch(breaker.acquire()),
    tryAcquire: () => {
      const permit = breaker.tryAcquire();
      return permit && watch(permit);
    },
    record: (...evidence) => {
      count.recorded += 1;
      breaker.record(...evidence);
    },
  };
  const proxy = new Proxy(breaker, {
    get: (target, name: keyof Breaker) => {
      const member = watched[name] ?? target[name];
      return typeof member === 'function' && !(name in watched) ? member.bind(target) : member;
    },
  });
  return Object.defineProperty(count, 'breaker', { value: proxy }) as PermitCount;
}
