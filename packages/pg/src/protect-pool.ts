import { chosenBreaker, read, replaceMethods } from '@switchgear/core/adapter';
import { checkOut, refuseCheckout } from './checkout.ts';
import type { Classification } from './classification.ts';
import { ConnectionHooks } from './connection-hooks.ts';
import { LeaseSettlement } from './lease-settlement.ts';
import { inCallersScope, isSubmittable, withCallback } from './observe-query.ts';
import { checked, type PoolLike, type ProtectPoolOptions } from './options.ts';

/** What {@link protectPool} returns. */
export interface PoolProtection {
  /** Removes the protection. Clients that are checked out still settle. Further calls do nothing. */
  eject(): void;
}

/**
 * Puts a breaker in front of a pool, in place: the pool stays the same object, so that every library that takes a pool takes
 * this one.
 *
 * A checkout takes one permit, and the first answer to a query on that client settles it; `pool.query` is a checkout, a
 * query and a release. While the circuit is open, checkouts reject with the breaker's own error. A query on a client that is
 * checked out is never refused, because a transaction must be able to end.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type, for a pool of pg's native client, and for a pool that
 *   is protected already, unless `replace` is true
 * @example
 * ```ts
 * const pool = new Pool({ connectionTimeoutMillis: 1_000, query_timeout: 5_000 });
 * protectPool(pool, { breaker: createBreaker({ name: 'database' }) });
 * ```
 */
export function protectPool(pool: PoolLike, options: ProtectPoolOptions): PoolProtection {
  const { breaker, classify, role = 'replica', replace } = checked(pool, options);
  const present = read(pool, protectionMark()) as PoolProtection | undefined;
  if (present && !replace) {
    throw new TypeError(
      'Switchgear: this pool is protected already; eject that protection first, or pass replace: true',
    );
  }
  present?.eject();
  const hooks = new ConnectionHooks(pool);
  const classification: Classification = { classify, role, hooks };
  let live = true;
  /** True while `pool.query` receives a submittable, which never gives its client back: no permit could be settled. */
  let unprotected = false;

  /** @throws what the breaker, or the function that picks one, throws */
  function acquire(): LeaseSettlement | undefined {
    if (!live || unprotected) return undefined;
    const chosen = typeof breaker === 'function' ? chosenBreaker('what breaker picks', breaker()) : breaker;
    if (!chosen) return undefined;
    const settlement = new LeaseSettlement(chosen, classification);
    hooks.observe();
    return settlement;
  }

  const patch = replaceMethods(pool, {
    // Gets its client through `this.connect`, the only place where permits are taken.
    query: (query) =>
      function (this: unknown, ...args) {
        if (!live) return query().apply(this, args);
        if (!isSubmittable(args[0])) return query().apply(this, withCallback(args, inCallersScope));
        unprotected = true;
        try {
          return query().apply(this, args);
        } finally {
          unprotected = false;
        }
      },
    connect: (connect) =>
      function (this: unknown, ...args) {
        let settlement: LeaseSettlement | undefined;
        try {
          settlement = acquire();
        } catch (refusal) {
          return refuseCheckout(pool, refusal, args[0]);
        }
        return settlement ? checkOut(this, connect(), args, settlement) : connect().apply(this, args);
      },
  });

  const protection: PoolProtection = {
    eject(): void {
      if (!live) return;
      // Methods that other code has wrapped since stay below its own, and let everything through from now on.
      live = false;
      patch.eject();
      hooks.eject();
      Reflect.deleteProperty(pool, protectionMark());
    },
  };
  Object.defineProperty(pool, protectionMark(), { value: protection, configurable: true, enumerable: false });
  return protection;
}

/** Where a pool keeps its protection, so that every copy of this module finds it. Looked up late: nothing happens at import. */
function protectionMark(): symbol {
  return Symbol.for('@switchgear/pg/protection');
}
