import { createBreaker } from '@switchgear/core';
import type * as policies from '../../src/index.ts';

/** Everything of ours that takes time, with the same limit: settles when its time is over. */
export type Limits = Readonly<Record<string, () => Promise<unknown>>>;

/** The limit of each, in milliseconds. */
export const LIMIT = 100;

const hang = (): Promise<never> => new Promise(() => undefined);

/** Makes them once, as an application does at import. */
export function limits({ bulkhead, deadline, degraded, fallback, healthProbe, timeout }: typeof policies): Limits {
  const limit = timeout(LIMIT);
  const inTime = deadline({ limit: LIMIT });
  const chain = fallback([degraded(hang, { limit: LIMIT })]);
  return {
    timeout: () => limit.run(hang).catch((error: unknown) => error),
    deadline: () => inTime.run(hang).catch((error: unknown) => error),
    'queueFor of a bulkhead': () => {
      const slots = bulkhead({ concurrent: 1, queue: 1, queueFor: LIMIT });
      void slots.run(hang);
      return slots.run(hang).catch((error: unknown) => error);
    },
    'reclaimAfter of a bulkhead': () => {
      const slots = bulkhead({ concurrent: 1, queue: 1, queueFor: 60_000, reclaimAfter: LIMIT });
      void slots.run(hang);
      return slots.run(() => 'reclaimed');
    },
    'limit of a fallback’s step': () =>
      chain.run(() => Promise.reject(new Error('down'))).catch((error: unknown) => error),
    'pingFor of a health probe': () =>
      new Promise((resolve) => {
        const probe = healthProbe({
          breaker: createBreaker({ name: 'pinged' }),
          ping: hang,
          pingFor: LIMIT,
          unhealthyAfter: 1,
          onChange(healthy) {
            probe.stop();
            resolve(healthy);
          },
        });
        probe.start();
      }),
  };
}

/** Whether it has settled, after all pending microtasks. */
export async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  promise.then(() => {
    over = true;
  });
  for (let i = 0; i < 100; i++) await undefined;
  return over;
}
