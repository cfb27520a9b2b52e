import { read } from '@switchgear/core/adapter';
import { inCallersScope } from './caller-scope.ts';
import { type Hear, observePromise } from './observe-promise.ts';
import { isSubmittable, observeSubmittable } from './observe-submittable.ts';
import type { Method } from './replace-method.ts';

/**
 * Makes a query as it was asked for, in whichever of pg's forms, and hears how it ends before the caller does.
 *
 * @param lose told that nothing will be heard of this one
 * @throws whatever the query throws at once
 */
export function observeQuery(client: unknown, query: Method, args: unknown[], hear: Hear, lose: () => void): unknown {
  const [config] = args;
  if (isSubmittable(config)) {
    if (!observeSubmittable(config, hear)) lose();
    return query.apply(client, withCallback(args, inCallersScope));
  }
  const watched = withCallback(args, (callback) => heard(callback, hear));
  if (watched !== args) return query.apply(client, watched);
  const callback = read(config, 'callback');
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

/**
 * The arguments of a query with another callback in the place of the caller's; the very same where there is none. pg's
 * third argument, whatever it is, goes before the second.
 */
export function withCallback(args: unknown[], make: (callback: Method) => Method): unknown[] {
  const place = args[2] ? 2 : 1;
  const callback = args[place];
  if (typeof callback !== 'function') return args;
  const others = [...args];
  others[place] = make(callback as Method);
  return others;
}

function heard(callback: Method, hear: Hear): Method {
  return inCallersScope(function (this: unknown, ...answer) {
    hear(answer[0] ? { error: answer[0] } : { value: answer[1] });
    return callback.apply(this, answer);
  });
}
