import type { CircuitOpenError } from '@switchgear/core';
import { problemOf, read } from '@switchgear/core/adapter';
import { withProperties } from './body.ts';
import type { Call, FetchTarget } from './call.ts';

/** What a caller gets while the circuit is open. */
export type OnFetchOpen =
  | 'throw'
  | 'respond'
  | ((open: CircuitOpenError, request: FetchTarget) => Response | PromiseLike<Response>);

/** Marks our responses across copies of this package. A header would not do, because a service may send the same one. */
const BRAND = '@switchgear/answer';

/**
 * What the caller gets instead of a refused call, for `guard`.
 *
 * @returns nothing for the default, which rejects with the breaker's own error
 */
export function onRefused(
  { url, method }: Call,
  onOpen: OnFetchOpen | undefined,
): ((open: CircuitOpenError) => Response | Promise<Response>) | undefined {
  if (onOpen === undefined || onOpen === 'throw') return undefined;
  if (onOpen === 'respond') return responseFor;
  return async (open) => {
    const response: unknown = await onOpen(open, { url, method });
    // A function that returns no response has refused, too.
    if (response === undefined) throw open;
    return response as Response;
  };
}

/**
 * The breaker's refusal as a response, for code that checks statuses and catches nothing: 503 with Retry-After and a body of
 * RFC 9457. Clients that retry on their own are asked not to.
 */
function responseFor(open: CircuitOpenError): Response {
  const { body, headers, status } = problemOf(open);
  const response = new Response(body, { status, headers: { ...headers, 'x-should-retry': 'false' } });
  return withProperties(response, { [BRAND]: true });
}

/**
 * Whether a response is the breaker's own, made by `onOpen: 'respond'` without asking the service. Clones are recognised too.
 */
export function isBreakerResponse(response: unknown): boolean {
  return read(response, BRAND) === true;
}
