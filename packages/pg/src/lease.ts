import { errorMonitor } from 'node:events';
import type { Ending } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Account } from './account.ts';
import { observeQuery } from './observe-query.ts';
import { type Method, replaceMethod } from './replace-method.ts';

/** As much of a pool's client as is needed. */
export interface ClientLike {
  readonly query?: unknown;
  readonly release?: unknown;
  on?(event: symbol, listener: (error: unknown) => void): unknown;
  off?(event: symbol, listener: (error: unknown) => void): unknown;
}

/** How to end the present lease of a client. */
const leases: WeakMap<ClientLike, () => void> = new WeakMap();

/**
 * Watches a client from its checkout to its release, for its account. Checking out an idle client touches no network, so
 * the checkout itself proves nothing.
 *
 * @param done the pool's other way to release the client, if it has one
 * @returns what to hand out as `done`
 */
export function beginLease(client: ClientLike, account: Account, done?: unknown): unknown {
  // A pool may have taken the client back behind our back.
  leases.get(client)?.();
  const { query, release } = client;
  const restore: (() => void)[] = [];
  if (query) restore.push(replaceMethod(client, 'query', (original) => watched(original, account)));
  if (release) restore.push(replaceMethod(client, 'release', (original) => ending(original, account, end)));
  // Beside a listener for 'error' the process would no longer crash where it did.
  const onError = (error: unknown): void => account.learn({ error }, 0);
  client.on?.(errorMonitor, onError);
  leases.set(client, end);

  function end(): void {
    leases.delete(client);
    client.off?.(errorMonitor, onError);
    for (const undo of restore.splice(0)) undo();
    account.close();
  }

  if (typeof done !== 'function') return done;
  return done === release ? client.release : ending(() => done as Method, account, end);
}

/** Named and counted as pg's own, so that replaceMethod need not disguise it for each lease. */
function watched(original: () => Method, account: Account): Method {
  return function query(this: unknown, config?: unknown, values?: unknown, callback?: unknown, ...more: unknown[]) {
    const args = [config, values, callback, ...more];
    return account.closed ? original().apply(this, args) : send(this, original(), args, account);
  };
}

function send(client: unknown, query: Method, args: unknown[], account: Account): unknown {
  const answered = account.sent();
  const began = performance.now();
  const hear = (how: Ending): void => {
    answered();
    account.learn(how, performance.now() - began, 'error' in how ? { intact: isIntact(client) } : undefined);
  };
  try {
    return observeQuery(client, query, args, hear, answered);
  } catch (error) {
    answered(); // It never left: a mistake of the caller's.
    throw error;
  }
}

/** Whether a client can go on. pg-pool asks it the same way. */
function isIntact(client: unknown): boolean {
  return read(client, '_queryable') === true && read(client, '_ending') !== true;
}

function ending(release: () => Method, account: Account, end: () => void): Method {
  return function (this: unknown, error?: unknown, ...more: unknown[]) {
    end();
    return release().call(this, error ? error : (account.spoiled ?? error), ...more);
  };
}
