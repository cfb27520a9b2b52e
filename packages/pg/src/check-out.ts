import type { Account } from './account.ts';
import { inCallersScope } from './caller-scope.ts';
import { beginLease, type ClientLike } from './lease.ts';
import { isPromiseLike, observePromise } from './observe-promise.ts';
import type { Method } from './replace-method.ts';

/** Asks the pool for a client, in the form that the caller asked, and begins the lease before the caller has it. */
export function checkOut(pool: unknown, connect: Method, args: unknown[], account: Account): unknown {
  try {
    const [callback] = args;
    if (typeof callback === 'function')
      return connect.apply(pool, [begun(callback as Method, account), ...args.slice(1)]);
    const client = connect.apply(pool, args);
    if (!isPromiseLike(client)) account.forget(); // no form of pg's
    return observePromise(client, (ending) => {
      if ('error' in ending) account.fail(ending.error);
      else watch(ending.value as ClientLike, account);
    });
  } catch (error) {
    account.forget(); // It never left: a mistake in the pool's configuration.
    throw error;
  }
}

function begun(callback: Method, account: Account): Method {
  return inCallersScope(function (this: unknown, ...answer) {
    const [error, client, done] = answer;
    if (error || !client) account.fail(error);
    else answer[2] = watch(client as ClientLike, account, done);
    return callback.apply(this, answer);
  });
}

/** Begins the lease. A client that cannot be watched is handed out as it is. */
function watch(client: ClientLike, account: Account, done?: unknown): unknown {
  try {
    return beginLease(client, account, done);
  } catch (error) {
    account.giveUp(error);
    return done;
  }
}

/** Says no in the form that the caller asked, and never at once: callers rely on that order. */
export function refuse(pool: object, refusal: unknown, callback: unknown): unknown {
  if (typeof callback === 'function') {
    process.nextTick(callback as Method, refusal, undefined, () => undefined);
    return undefined;
  }
  // Whichever promise the pool was configured with.
  const { Promise: OfPool = Promise } = pool as { Promise?: PromiseConstructor };
  return OfPool.reject(refusal);
}
