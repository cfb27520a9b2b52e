import { type Hear, observePromise } from './observe-promise.ts';
import { isSubmittable, observeSubmittable } from './observe-submittable.ts';
import type { Method } from './replace-method.ts';

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
