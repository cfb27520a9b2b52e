import type { CircuitOpenError } from '@switchgear/core';
import { problemOf, read } from '@switchgear/core/adapter';
import { dressed } from './dressed.ts';

/** Marks our answers across copies of this package. A header would not do: a service may send the same one. */
const BRAND = '@switchgear/answer';

/**
 * The breaker's refusal as an answer, for code that looks at statuses and catches nothing: 503 with Retry-After and a body
 * of RFC 9457. Clients that retry on their own are asked not to.
 */
export function answerFor(open: CircuitOpenError): Response {
  const { body, headers, status } = problemOf(open);
  return dressed(new Response(body, { status, headers: { ...headers, 'x-should-retry': 'false' } }), { [BRAND]: true });
}

/** Whether a response is a breaker's own, made with `onOpen: 'respond'`; no service was asked then. Clones are known too. */
export function isBreakerResponse(response: unknown): boolean {
  return read(response, BRAND) === true;
}
