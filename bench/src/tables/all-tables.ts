import { bytes } from './bytes.ts';
import { closed } from './closed.ts';
import { failure } from './failure.ts';
import { flatness } from './flatness.ts';
import { importTime } from './import-time.ts';
import { inFlight } from './in-flight.ts';
import { memory } from './memory.ts';
import { openCircuit } from './open-circuit.ts';
import { picks } from './picks.ts';
import { registry } from './registry.ts';
import { size } from './size.ts';
import { synchronous } from './synchronous.ts';
import type { Table } from './table.ts';
import { tenKinds } from './ten-kinds.ts';

/** Every table, in the order of the page. */
export const allTables: readonly Table[] = [
  closed,
  bytes,
  tenKinds,
  inFlight,
  failure,
  openCircuit,
  synchronous,
  memory,
  flatness,
  registry,
  picks,
  importTime,
  size,
];
