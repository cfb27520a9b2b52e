import type { CircuitOpenError } from '@switchgear/core';
import { problemOf } from '@switchgear/core/adapter';
import type { Context } from 'hono';

/** What a client gets while a circuit is open. */
export type OnHonoOpen =
  | 'respond'
  | 'throw'
  | ((open: CircuitOpenError, c: Context) => Response | PromiseLike<Response>);

/**
 * Says no in the way that was asked for. An answer is returned and not thrown, so that no `onError` makes a 500 of it, and
 * made by the context, so that headers which others have set before are on it.
 */
export function refused(
  open: CircuitOpenError,
  c: Context,
  onOpen: OnHonoOpen = 'respond',
): Response | PromiseLike<Response> {
  if (onOpen === 'throw') throw open;
  if (onOpen !== 'respond') return onOpen(open, c);
  const { body, headers, status } = problemOf(open, c.req.path);
  return c.body(body, status as 503, headers);
}
