import type { Ending } from '@switchgear/core';
import { isSubmittable, observeSubmittable } from './observe-submittable.ts';
import type { Method } from './replace-method.ts';

/** Told how a query ended. More than once where it has more than one result. */
export type Hear = (ending: Ending) => void;

/**
 * Makes a query as it was asked for, in whichever of pg's forms, and hears how it ends before the caller does.
 *
 * @throws whatever the query throws at once
 */
export function observeQuery(client: unknown, query: Method, args: unknown[], hear: Hear): unknown {
  const [config] = args;
  if (isSubmittable(config)) {
    observeSubmittable(config, hear);
    return query.apply(client, args);
  }
  const place = callbackPlace(args);
  if (place !== undefined) {
    const watched = [...args];
    watched[place] = heard(args[place] as Method, hear);
    return query.apply(client, watched);
  }
  const { callback } = Object(config) as { callback?: unknown };
  if (typeof callback === 'function') {
    // pg takes it from there too. Its owner's object is not ours to write to.
    const value = heard(callback as Method, hear);
    return query.apply(client, [
      Object.create(Object(config), { callback: { value, writable: true } }),
      ...args.slice(1),
    ]);
  }
  return observePromise(query.apply(client, args), hear);
}

/** Where pg would look for a callback: the third argument, whatever it is, goes before the second. */
function callbackPlace(args: readonly unknown[]): number | undefined {
  const place = args[2] ? 2 : 1;
  return typeof args[place] === 'function' ? place : undefined;
}

function heard(callback: Method, hear: Hear): Method {
  return function (this: unknown, ...answer) {
    hear(answer[0] ? { error: answer[0] } : { value: answer[1] });
    return callback.apply(this, answer);
  };
}

/**
 * The same promise, one step later. A handler beside the caller's would not do: a rejection that nobody handles would
 * then count as handled.
 */
export function observePromise(result: unknown, hear: Hear): unknown {
  if (!isPromiseLike(result)) return result;
  return result.then(
    (value) => {
      hear({ value });
      return value;
    },
    (error: unknown) => {
      hear({ error });
      throw error;
    },
  );
}

/** Whether somebody can wait for it. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (Object(value) as PromiseLike<unknown>).then === 'function';
}
