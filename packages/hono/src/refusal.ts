import { type CircuitOpenError, findCircuitOpen, problemOf } from '@switchgear/core';
import type { Context } from 'hono';

/** What a client gets while a circuit is open. */
export type OnHonoOpen =
  | 'respond'
  | 'throw'
  | ((open: CircuitOpenError, c: Context) => Response | PromiseLike<Response>);

/**
 * Says no in the way that was asked for. An answer is returned and not thrown, so that no `onError` makes a 500 of it.
 *
 * @param error what the breaker threw in place of a permit
 */
export function refused(error: unknown, c: Context, onOpen: OnHonoOpen = 'respond'): Response | PromiseLike<Response> {
  const open = findCircuitOpen(error);
  if (!open || onOpen === 'throw') throw error;
  if (onOpen !== 'respond') return onOpen(open, c);
  const { body, headers, status } = problemOf(open, c.req.path);
  return new Response(body, { status, headers });
}
