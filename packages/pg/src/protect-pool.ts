import { chosenBreaker } from '@switchgear/core/adapter';
import { Account } from './account.ts';
import { inCallersScope } from './caller-scope.ts';
import { checkOut, refuse } from './check-out.ts';
import type { Judgement } from './judgement.ts';
import { mark, protectionOf, unmark } from './mark.ts';
import { withCallback } from './observe-query.ts';
import { isSubmittable } from './observe-submittable.ts';
import { checked, type PoolLike, type ProtectPoolOptions } from './options.ts';
import { OwnFunctions } from './own-functions.ts';
import { replaceMethod } from './replace-method.ts';

/** What {@link protectPool} returns. */
export interface PoolProtection {
  /** Takes the protection away. Clients that are checked out still settle. A second call does nothing. */
  eject(): void;
}

/**
 * Puts a breaker in front of a pool, in place: the pool stays the pool, so that every library that takes one takes this.
 *
 * A checkout takes one permit, and the first answer to a query on that client settles it; `pool.query` is a checkout, a
 * query and a release. While the circuit is open a checkout is rejected with the breaker's own error. A query on a client
 * that is checked out is never refused: a transaction must be able to end.
 *
 * @throws {TypeError} for an unknown option, for one of the wrong kind, for a pool of pg's native client, and for a pool that
 *   is protected already, unless `replace` is true
 * @example
 * ```ts
 * const pool = new Pool({ connectionTimeoutMillis: 1_000, query_timeout: 5_000 });
 * protectPool(pool, { breaker: createBreaker({ name: 'database' }) });
 * ```
 */
export function protectPool(pool: PoolLike, options: ProtectPoolOptions): PoolProtection {
  const { breaker, classify, role, replace } = checked(pool, options);
  const present = protectionOf(pool);
  if (present && !replace) {
    throw new TypeError(
      'protectPool: this pool is protected already; eject that protection first, or pass replace: true',
    );
  }
  present?.eject();
  const own = new OwnFunctions(pool);
  const judgement: Judgement = { classify, role: role ?? 'replica', own };
  let live = true;
  /** While `pool.query` hands over a submittable, which never gives its client back: no permit could be settled. */
  let unwatched = false;

  /** @throws what the breaker, or the function that chooses one, throws */
  function open(): Account | undefined {
    if (!live || unwatched) return undefined;
    const chosen = typeof breaker === 'function' ? chosenBreaker('what breaker picks', breaker()) : breaker;
    if (!chosen) return undefined;
    const account = new Account(chosen, judgement);
    own.watch();
    return account;
  }

  // Asks for its client through `this.connect`, the one place where permits are taken.
  const restoreQuery =
    pool.query &&
    replaceMethod(pool, 'query', (query) => {
      return function (this: unknown, ...args) {
        if (!live) return query().apply(this, args);
        if (!isSubmittable(args[0])) return query().apply(this, withCallback(args, inCallersScope));
        unwatched = true;
        try {
          return query().apply(this, args);
        } finally {
          unwatched = false;
        }
      };
    });

  const restoreConnect = replaceMethod(pool, 'connect', (connect) => {
    return function (this: unknown, ...args) {
      let account: Account | undefined;
      try {
        account = open();
      } catch (refusal) {
        return refuse(pool, refusal, args[0]);
      }
      return account ? checkOut(this, connect(), args, account) : connect().apply(this, args);
    };
  });

  const protection: PoolProtection = {
    eject(): void {
      if (!live) return;
      live = false;
      // Where another has wrapped ours since, ours stays below and lets everything through.
      restoreConnect();
      restoreQuery?.();
      own.restore();
      unmark(pool);
    },
  };
  mark(pool, protection);
  return protection;
}
