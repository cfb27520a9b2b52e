import type { BreakerData } from '../own/data.ts';
import { whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import type { Table } from './dialect.ts';
import type { Section } from './section.ts';

const ANSWER = 'what a refused caller gets is an option of the adapter';

/** The options of `@fastify/circuit-breaker`. */
export const fastifyTable: Table = {
  threshold: ['carried', 'consecutiveFailures'],
  timeout: ['approximated', 'timeout; there a late answer is replaced when it comes, here the call is ended'],
  resetTimeout: ['carried', 'openFor'],
  onCircuitOpen: ['not carried', ANSWER],
  onTimeout: ['not carried', ANSWER],
  timeoutErrorMessage: ['not carried', ANSWER],
  circuitOpenErrorMessage: ['not carried', ANSWER],
  cache: ['not carried', 'max of createRegistry'],
};

/** Reads the options of fastify's plugin, with its defaults for what they leave out. */
export function readFastify(of: Section): BreakerData {
  const failures = of.read('threshold', whole()) ?? 5;
  const timeout = of.read('timeout', duration()) ?? 10_000;
  const fixed = of.read('resetTimeout', duration()) ?? 10_000;
  return {
    openWhen: { consecutiveFailures: failures },
    openFor: { fixed },
    recover: { probes: 1, successes: 1 },
    timeout,
  };
}
