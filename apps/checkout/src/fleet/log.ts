import type { OrderRecord } from '../load/customer.ts';
import type { WorkerMessage } from './worker-message.ts';

/** What a process told, and which one. */
export type Told = WorkerMessage & { readonly process: number };

/** Half of the scenario: with the bus, or with the bus cut. Times are milliseconds since 1970. */
export interface Part {
  readonly beganAt: number;

  /** When payments died, and when they returned. */
  readonly deadAt: number;
  readonly backAt: number;
  readonly endedAt: number;

  /** Calls that reached the dead payment service. */
  readonly callsToDeadService: number;
}

/** Everything that happened. */
export interface Log {
  readonly size: number;
  readonly told: readonly Told[];
  readonly orders: readonly OrderRecord[];
}
