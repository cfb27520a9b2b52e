import { AsyncResource } from 'node:async_hooks';
import type { Ending } from '@switchgear/core';
import { type Method, observeEnding, read, replaceMethods } from '@switchgear/core/adapter';

/** Receives how a query ended, more than once if it has several results. */
export type Observe = (ending: Ending) => void;

/** A query that talks to the connection itself: a cursor, a stream, a `Query`. */
export interface Submittable {
  submit(connection: unknown): unknown;
}

/** Tells submittables from texts and configurations as pg does. */
export function isSubmittable(query: unknown): query is Submittable {
  return typeof read(query, 'submit') === 'function';
}

/**
 * Makes a query in whichever of pg's forms it was given, and observes how it ends before the caller does.
 *
 * @param lose called if the end of this query cannot be observed
 * @throws whatever the query throws at once
 */
export function observeQuery(
  client: unknown,
  query: Method,
  args: unknown[],
  observe: Observe,
  lose: () => void,
): unknown {
  const [config] = args;
  if (isSubmittable(config)) {
    if (!observeSubmittable(config, observe)) lose();
    return query.apply(client, withCallback(args, inCallersScope));
  }
  const observed = withCallback(args, (callback) => observing(callback, observe));
  if (observed !== args) return query.apply(client, observed);
  const callback = read(config, 'callback');
  if (typeof callback === 'function') {
    // pg accepts it there too. The object is the caller's, so it is not written to.
    const value = observing(callback as Method, observe);
    return query.apply(client, [
      Object.create(Object(config), { callback: { value, writable: true } }),
      ...args.slice(1),
    ]);
  }
  return observeEnding(query.apply(client, args), observe);
}

/**
 * The arguments of a query with its callback replaced; the same array if it has none. As in pg, a third argument of any kind
 * takes precedence over the second.
 */
export function withCallback(args: unknown[], make: (callback: Method) => Method): unknown[] {
  const place = args[2] ? 2 : 1;
  const callback = args[place];
  if (typeof callback !== 'function') return args;
  const others = [...args];
  others[place] = make(callback as Method);
  return others;
}

/**
 * The same callback in the asynchronous context of the caller that gives it now. pg calls back from events of a socket, which
 * belong to the caller that opened the connection, and pg-pool from the release of another client.
 */
export function inCallersScope(callback: Method): Method {
  const scope = new AsyncResource('switchgear.pg');
  return function (this: unknown, ...args) {
    return scope.runInAsyncScope(callback, this, ...args);
  };
}

function observing(callback: Method, observe: Observe): Method {
  return inCallersScope(function (this: unknown, ...answer) {
    observe(answer[0] ? { error: answer[0] } : { value: answer[1] });
    return callback.apply(this, answer);
  });
}

/**
 * Observes the first batch of rows, the end and an error of a submittable: its client delivers them by calling its methods.
 * The caller receives them in its own asynchronous context.
 *
 * @returns whether its end can be observed
 */
function observeSubmittable(query: Submittable, observe: Observe): boolean {
  const scope = new AsyncResource('switchgear.pg');
  const answer = (endingOf: (argument: unknown) => Ending, isLast: boolean) => (original: () => Method) =>
    function (this: unknown, ...args: unknown[]) {
      observe(endingOf(args[0]));
      if (isLast) patch.eject();
      return scope.runInAsyncScope(original(), this, ...args);
    };
  const asValue = (): Ending => ({ value: undefined });
  const patch = replaceMethods(query, {
    handlePortalSuspended: answer(asValue, false),
    handleReadyForQuery: answer(asValue, true),
    handleError: answer((error) => ({ error }), true),
  });
  return typeof read(query, 'handleReadyForQuery') === 'function';
}
