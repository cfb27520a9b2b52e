import { type Method, observeEnding, read } from '@switchgear/core/adapter';
import { beginLease, type ClientLike } from './lease.ts';
import type { LeaseSettlement } from './lease-settlement.ts';
import { inCallersScope } from './observe-query.ts';

/** Asks the pool for a client, in the form that the caller used, and begins the lease before the caller receives it. */
export function checkOut(pool: unknown, connect: Method, args: unknown[], settlement: LeaseSettlement): unknown {
  try {
    const [callback] = args;
    if (typeof callback === 'function') {
      return connect.apply(pool, [beginning(callback as Method, settlement), ...args.slice(1)]);
    }
    const client = connect.apply(pool, args);
    if (typeof read(client, 'then') !== 'function') settlement.ignore(); // not a form that pg has
    return observeEnding(client, (ending) => {
      if ('error' in ending) settlement.connectFailed(ending.error);
      else observe(ending.value as ClientLike, settlement);
    });
  } catch (error) {
    settlement.ignore(); // The pool is misconfigured, and no connection was tried.
    throw error;
  }
}

function beginning(callback: Method, settlement: LeaseSettlement): Method {
  return inCallersScope(function (this: unknown, ...answer) {
    const [error, client, done] = answer;
    if (error || !client) settlement.connectFailed(error);
    else answer[2] = observe(client as ClientLike, settlement, done);
    return callback.apply(this, answer);
  });
}

/** Begins the lease. A client that cannot be observed is handed out as it is. */
function observe(client: ClientLike, settlement: LeaseSettlement, done?: unknown): unknown {
  try {
    return beginLease(client, settlement, done);
  } catch (error) {
    settlement.ignoreAndReport(error);
    return done;
  }
}

/** Refuses in the form that the caller used, and never synchronously, because callers rely on that order. */
export function refuseCheckout(pool: object, refusal: unknown, callback: unknown): unknown {
  if (typeof callback === 'function') {
    process.nextTick(callback as Method, refusal, undefined, () => undefined);
    return undefined;
  }
  // The promise class that the pool was configured with.
  const { Promise: OfPool = Promise } = pool as { Promise?: PromiseConstructor };
  return OfPool.reject(refusal);
}
