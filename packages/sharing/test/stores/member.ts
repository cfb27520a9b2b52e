import { setTimeout as pause } from 'node:timers/promises';
import { type Breaker, type Bus, createBreaker, type Sharing, share } from '../../src/index.ts';

/** An instance on a real store. */
export interface Member {
  readonly breaker: Breaker;
  readonly sharing: Sharing;

  /** The sentences of its faults so far. */
  readonly faults: string[];

  /** Waits for a fault that says this, and returns its sentence. */
  fault(says: RegExp): Promise<string>;

  /** Waits until it knows of as many instances, itself included. */
  among(instances: number): Promise<void>;
}

/** Instances of the running test. */
const members: Sharing[] = [];

/** Joins over this bus. */
export function member(bus: Bus, group: string = 'stores'): Member {
  const breaker = createBreaker({ name: 'payments' });
  const faults: string[] = [];
  const sharing = share(breaker, {
    group,
    bus,
    onEvent: (event) => event.type === 'fault' && faults.push((event.error as Error).message),
  });
  members.push(sharing);
  return {
    breaker,
    sharing,
    faults,
    async fault(says) {
      for (;;) {
        const found = faults.find((sentence) => says.test(sentence));
        if (found !== undefined) return found;
        await pause(10);
      }
    },
    async among(instances) {
      while (sharing.instances !== instances) await pause(10);
    },
  };
}

/** Closes all instances of the test. */
export async function closeMembers(): Promise<void> {
  await Promise.all(members.splice(0).map((sharing) => sharing.close()));
}
