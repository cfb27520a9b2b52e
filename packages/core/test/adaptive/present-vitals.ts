import type { Vitals } from '../../src/index.ts';
import { vitalsOf } from '../detector/stream.ts';

/** Vitals with these numbers, of a service that is called 50 times a second and normally takes 20 ms. */
export function present(numbers: Partial<Vitals> = {}): Vitals {
  const well = { latency: 20, normalLatency: 20, gap: 20, load: 0, late: 0, silentFor: 0, unservedSince: 0 };
  return Object.defineProperties(
    vitalsOf(0.05),
    Object.fromEntries(Object.entries({ ...well, ...numbers }).map(([name, value]) => [name, { value }])),
  );
}
