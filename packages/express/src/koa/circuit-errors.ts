import { type CircuitOpenError, findCircuitOpen } from '@switchgear/core';
import { httpRefusal, problemOf } from '@switchgear/core/adapter';
import type { Context, Middleware, Next } from 'koa';

/** What a client gets while a circuit is open. */
export type OnKoaOpen = 'respond' | 'throw' | ((open: CircuitOpenError, ctx: Context, next: Next) => unknown);

/**
 * Middleware that answers refusals of breakers further down, such as that of a client in a handler, with 503 and Retry-After
 * instead of 500. All other errors are thrown on. Put it before the routes.
 *
 * @example
 * ```ts
 * app.use(circuitErrors());
 * ```
 */
export function circuitErrors(): Middleware {
  return async function circuitErrors(ctx, next) {
    try {
      return await next();
    } catch (error) {
      const open = findCircuitOpen(error);
      if (!open || ctx.headerSent) throw error;
      return refuse(open, ctx, next);
    }
  };
}

/** Gives the client of a refused request what `onOpen` says. */
export function refuse(open: CircuitOpenError, ctx: Context, next: Next, onOpen: OnKoaOpen = 'respond'): unknown {
  if (onOpen === 'throw') throw httpRefusal(open);
  if (onOpen !== 'respond') return onOpen(open, ctx, next);
  const { body, headers, status } = problemOf(open, ctx.path);
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
  return undefined;
}
