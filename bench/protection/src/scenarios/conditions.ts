import type { Absence, Cold, Fault } from './fault.ts';

/** The state of the service at a time, with all faults applied. */
export interface Conditions {
  readonly down: Absence | undefined;

  /** How the service comes back from being down. */
  readonly cold: Cold | undefined;
  readonly frozen: boolean;

  /** Share of the capacity. */
  readonly capacity: number;

  /** Share of calls that fail at once. */
  readonly errors: number;

  /** Share of calls that need a shard which is down, and how it is met. */
  readonly lost: number;
  readonly absence: Absence;

  /** Share of calls of instances whose network is down, and how that is met. */
  readonly cut: number;
  readonly cutting: Absence;

  /** Factors on arrivals and on the time an answer takes. */
  readonly load: number;
  readonly slower: number;
}

/** The conditions at that time under these faults. `noise` is the share of calls that fail at any time. */
export function conditionsAt(faults: readonly Fault[], noise: number, at: number): Conditions {
  let conditions: Conditions = {
    down: undefined,
    cold: undefined,
    frozen: false,
    capacity: 1,
    errors: noise,
    lost: 0,
    absence: 'refuses',
    cut: 0,
    cutting: 'refuses',
    load: 1,
    slower: 1,
  };
  for (const fault of faults) {
    if (at >= fault.from && at < fault.to) conditions = { ...conditions, ...changed(conditions, fault, at) };
  }
  return conditions;
}

function changed(before: Conditions, fault: Fault, at: number): Partial<Conditions> {
  switch (fault.kind) {
    case 'crash':
      return { down: fault.absence, cold: fault.cold };
    case 'freeze':
      return { frozen: true };
    case 'brownout':
      return { capacity: before.capacity * fault.capacity };
    case 'degradation': {
      const passed = (at - fault.from) / (fault.to - fault.from);
      return { capacity: before.capacity * (1 - (1 - fault.capacity) * passed) };
    }
    case 'shard':
      return { lost: 1 / fault.of, absence: fault.absence };
    case 'cut':
      return { cut: fault.share, cutting: fault.absence };
    case 'errors':
      return { errors: 1 - (1 - before.errors) * (1 - fault.share) };
    case 'load':
      return { load: before.load * fault.times };
    case 'latency':
      return { slower: before.slower * fault.times };
  }
}
