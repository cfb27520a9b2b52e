import { requireFunction } from '@switchgear/core/adapter';
import type { Context, MiddlewareHandler } from 'hono';

/** The part of a `Sharing` of `@switchgear/sharing` that is driven. */
export interface SyncedSharing {
  sync(): Promise<void> | undefined;
}

/**
 * Middleware that lets breakers share what they know where no timer may live, as on Cloudflare Workers: requests carry the
 * exchange with the other instances, once a tick, whichever request comes then. No request waits for it: it goes on beside the
 * request and, by `waitUntil`, after its answer. Where there is no `waitUntil` there are timers, and it does no harm.
 *
 * @param sharing what `share` returned
 * @throws {TypeError} for anything else
 * @example
 * ```ts
 * app.use(circuitSharing(share(payments, { group: 'edge', bus })));
 * ```
 */
export function circuitSharing(sharing: SyncedSharing): MiddlewareHandler {
  requireFunction('circuitSharing sharing', Object(sharing).sync, 'what share returned', sharing);

  return async function circuitSharing(c, next) {
    // Before, to hear of an outage as early as can be; after, to tell how this request's calls went.
    exchange(c, sharing);
    await next();
    exchange(c, sharing);
  };
}

/** Exchanges reports if that is due. The promise never rejects. */
function exchange(c: Context, sharing: SyncedSharing): void {
  const work = sharing.sync();
  if (work) waitUntilOf(c)?.(work);
}

/** Hono throws where a runtime has no execution context. */
function waitUntilOf(c: Context): ((work: Promise<void>) => void) | undefined {
  try {
    const context = c.executionCtx;
    return (work) => context.waitUntil(work);
  } catch {
    return undefined;
  }
}
