import cluster, { type Worker } from 'node:cluster';
import { invalid } from '@switchgear/core/adapter';
import type { Bus, Connection } from '../ports/bus.ts';

/** A report on its way between the processes of a cluster. */
interface Parcel {
  readonly '@switchgear/sharing': string;
}

type Hear = (report: string) => void;

/**
 * A bus between the processes of `node:cluster`. Reports go through the primary, which has to pass them on: if it shares no
 * breakers itself, call {@link relayReports} there.
 *
 * @throws {TypeError} on opening, in a process that is neither a primary with workers nor a worker
 * @example
 * ```ts
 * if (cluster.isPrimary) relayReports();
 * else share(payments, { group: 'shop', bus: clusterBus() });
 * ```
 */
export function clusterBus(): Bus {
  return { tick: 50, open: (hear) => (cluster.isPrimary ? inPrimary(hear) : inWorker(hear)) };
}

/**
 * Passes reports on between the workers of this primary.
 *
 * @returns a function that ends it
 * @throws {TypeError} in a worker
 */
export function relayReports(): () => void {
  if (!cluster.isPrimary) invalid('relayReports', 'called in the primary of a cluster', 'a worker');
  const { close } = inPrimary(() => {});
  return () => void close();
}

function inPrimary(hear: Hear): Connection {
  const pass = (from: Worker | undefined, parcel: Parcel): void => {
    for (const worker of Object.values(cluster.workers ?? {})) {
      // A worker that is about to end takes no more messages, which is no fault.
      if (worker && worker !== from && worker.isConnected()) worker.send(parcel, () => {});
    }
  };
  const take = (from: Worker, message: unknown): void => {
    const report = reportIn(message);
    if (report === undefined) return;
    // One of several relays in this process passes it on.
    if (cluster.listeners('message').find(isRelay) === take) pass(from, { '@switchgear/sharing': report });
    hear(report);
  };
  relays.add(take);
  cluster.on('message', take);
  return {
    send: (report) => pass(undefined, { '@switchgear/sharing': report }),
    close() {
      relays.delete(take);
      cluster.off('message', take);
    },
  };
}

/** Listeners that pass reports on. */
const relays = new WeakSet<object>();

function isRelay(listener: object): boolean {
  return relays.has(listener);
}

function inWorker(hear: Hear): Connection {
  const take = (message: unknown): void => {
    const report = reportIn(message);
    if (report !== undefined) hear(report);
  };
  process.on('message', take);
  return {
    send: (report) =>
      new Promise<void>((resolve, reject) => {
        const parcel: Parcel = { '@switchgear/sharing': report };
        if (!process.connected || !process.send) reject(new Error('the primary of the cluster is gone'));
        else process.send(parcel, undefined, {}, (error) => (error ? reject(error) : resolve()));
      }),
    close: () => process.off('message', take),
  };
}

function reportIn(message: unknown): string | undefined {
  const report = (message as Partial<Parcel> | null)?.['@switchgear/sharing'];
  return typeof report === 'string' ? report : undefined;
}
