import type { CircuitOpenError } from '@switchgear/core';
import { problemOf } from '@switchgear/core/adapter';
import type { Context } from 'hono';

/** What a client gets while a circuit is open. */
export type OnHonoOpen =
  | 'respond'
  | 'throw'
  | ((open: CircuitOpenError, c: Context) => Response | PromiseLike<Response>);

/** What a caller gets while the circuit of a binding is open. */
export type OnBindingOpen = 'respond' | 'throw' | ((open: CircuitOpenError) => Response | PromiseLike<Response>);

/**
 * Refuses a request. The answer is returned, not thrown, because an `onError` would turn a thrown one into a 500. The
 * context makes it, so that it carries the headers that earlier middleware has set.
 */
export function refuseRequest(
  open: CircuitOpenError,
  c: Context,
  onOpen: OnHonoOpen = 'respond',
): Response | PromiseLike<Response> {
  if (onOpen === 'throw') throw open;
  if (onOpen !== 'respond') return onOpen(open, c);
  const { body, headers, status } = problemOf(open, c.req.path);
  return c.body(body, status as 503, headers);
}

/** Refuses a call to a binding, which has no context: the answer carries only its own headers. */
export function refuseFetch(
  open: CircuitOpenError,
  onOpen: OnBindingOpen = 'respond',
): Response | PromiseLike<Response> {
  if (onOpen === 'throw') throw open;
  if (onOpen !== 'respond') return onOpen(open);
  const { body, headers, status } = problemOf(open);
  return new Response(body, { status, headers });
}
