import { CircuitOpenError } from '@switchgear/core';

/** What a client in a handler throws while its own circuit is open. */
export function refusedBelow(): CircuitOpenError {
  return new CircuitOpenError('below', 1_500, { rule: 'trip', at: 0 });
}

/** What a full bulkhead throws: an error that brings its own ruling. */
export function fullBelow(): Error {
  return Object.assign(new Error('full'), { '@switchgear/ruling': { outcome: 'ignored', kind: 'bulkhead' } });
}
