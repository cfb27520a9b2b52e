import { AsyncResource } from 'node:async_hooks';
import type { Method } from './replace-method.ts';

/**
 * The same callback, called in the asynchronous context of whoever gives it now. pg calls back from events of a socket,
 * which belong to whoever opened the connection, and pg-pool from the release of another client.
 */
export function inCallersScope(callback: Method): Method {
  const scope = new AsyncResource('switchgear.pg');
  return function (this: unknown, ...args) {
    return scope.runInAsyncScope(callback, this, ...args);
  };
}
