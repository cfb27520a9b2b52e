import { errorMonitor } from 'node:events';
import type { Ending } from '@switchgear/core';
import { type Method, read, replaceMethods } from '@switchgear/core/adapter';
import type { LeaseSettlement } from './lease-settlement.ts';
import { observeQuery } from './observe-query.ts';

/** The parts of a pool's client that are used here. */
export interface ClientLike {
  readonly query?: unknown;
  readonly release?: unknown;
  on?(event: symbol, listener: (error: unknown) => void): unknown;
  off?(event: symbol, listener: (error: unknown) => void): unknown;
}

/** For each client how to end its present lease. */
const leases: WeakMap<ClientLike, () => void> = new WeakMap();

/**
 * Observes a client from its checkout to its release. Checking out an idle client uses no network, so the checkout itself
 * proves nothing.
 *
 * @param done the function by which callers in callback form release the client, if the pool gave one
 * @returns what to hand out as `done`
 */
export function beginLease(client: ClientLike, settlement: LeaseSettlement, done?: unknown): unknown {
  // A pool may have taken the client back by other means than `release`.
  leases.get(client)?.();
  const { release } = client;
  const patch = replaceMethods(client as object, {
    query: (original) => observed(original, settlement),
    release: (original) => releasing(original, settlement, end),
  });
  // Not 'error': with a listener for it, a process that would have crashed no longer does.
  const onError = (error: unknown): void => settlement.ended({ error }, 0);
  client.on?.(errorMonitor, onError);
  leases.set(client, end);

  function end(): void {
    leases.delete(client);
    client.off?.(errorMonitor, onError);
    patch.eject();
    settlement.release();
  }

  if (typeof done !== 'function') return done;
  return done === release ? client.release : releasing(() => done as Method, settlement, end);
}

/** Has the name and parameters of pg's own method, so that `replaceMethods` need not define them for each lease. */
function observed(original: () => Method, settlement: LeaseSettlement): Method {
  return function query(this: unknown, config?: unknown, values?: unknown, callback?: unknown, ...more: unknown[]) {
    const args = [config, values, callback, ...more];
    return settlement.released ? original().apply(this, args) : send(this, original(), args, settlement);
  };
}

function send(client: unknown, query: Method, args: unknown[], settlement: LeaseSettlement): unknown {
  const answered = settlement.querySent();
  const started = settlement.now();
  const observe = (ending: Ending): void => {
    answered();
    const context = 'error' in ending ? { intact: isIntact(client) } : undefined;
    settlement.ended(ending, settlement.now() - started, context);
  };
  try {
    return observeQuery(client, query, args, observe, answered);
  } catch (error) {
    answered(); // The query was not sent: the caller made a mistake.
    throw error;
  }
}

/** Whether a client is still usable. pg-pool decides it by the same fields. */
function isIntact(client: unknown): boolean {
  return read(client, '_queryable') === true && read(client, '_ending') !== true;
}

function releasing(release: () => Method, settlement: LeaseSettlement, end: () => void): Method {
  return function (this: unknown, error?: unknown, ...more: unknown[]) {
    end();
    return release().call(this, error ? error : (settlement.unusable ?? error), ...more);
  };
}
