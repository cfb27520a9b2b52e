import type { Bus } from '@switchgear/sharing';
import { clusterBus, relayReports } from '@switchgear/sharing/node';

/** What carries the reports of the processes to each other. */
export interface FleetBus {
  /** Called in a process of the shop. */
  connect(): Bus;

  /** Called once, by whoever starts the processes. Returns a function that cuts the bus. */
  begin(): () => void;
}

/** The buses that the demo can run on. */
export const BUSES = {
  cluster: { connect: clusterBus, begin: relayReports },
} as const satisfies Record<string, FleetBus>;

/** The name of one of them. */
export type BusName = keyof typeof BUSES;

/** @throws {TypeError} if there is no bus of that name */
export function requireBus(name: string): BusName {
  if (Object.hasOwn(BUSES, name)) return name as BusName;
  throw new TypeError(`There is no bus '${name}'. Choose from ${Object.keys(BUSES).join(', ')}`);
}
