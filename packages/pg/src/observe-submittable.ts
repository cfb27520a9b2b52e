import { AsyncResource } from 'node:async_hooks';
import { read } from '@switchgear/core/adapter';
import type { Hear } from './observe-promise.ts';
import { type Method, replaceMethod } from './replace-method.ts';

/** A query that talks to the connection itself: a cursor, a stream, a `Query`. */
export interface Submittable {
  submit(connection: unknown): unknown;
}

/** As pg tells them from texts and configurations. */
export function isSubmittable(query: unknown): query is Submittable {
  return typeof read(query, 'submit') === 'function';
}

/** The client tells a submittable of its answers by calling it: that is where they can be heard. */
const ANSWERS: readonly (readonly [method: string, last: boolean])[] = [
  ['handlePortalSuspended', false],
  ['handleReadyForQuery', true],
  ['handleError', true],
];

/**
 * Hears of a first batch of rows, of the end, and of an error. What the caller is told of them is told in the caller's
 * asynchronous context.
 *
 * @returns whether its end can be heard
 */
export function observeSubmittable(query: Submittable, hear: Hear): boolean {
  const restore: (() => void)[] = [];
  const scope = new AsyncResource('switchgear.pg');
  for (const [name, last] of ANSWERS) {
    if (typeof read(query, name) !== 'function') continue;
    const heard = (original: () => Method): Method =>
      function (this: unknown, ...args) {
        hear(name === 'handleError' ? { error: args[0] } : { value: undefined });
        if (last) for (const undo of restore) undo();
        return scope.runInAsyncScope(original(), this, ...args);
      };
    restore.push(replaceMethod(query, name, heard));
  }
  return typeof read(query, 'handleReadyForQuery') === 'function';
}
