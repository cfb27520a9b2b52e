import type { Millis } from '../vocabulary/time.ts';
import { problemOf } from './classify-status.ts';

/** A refusal as the error handlers of HTTP servers understand it. */
export interface HttpRefusal extends Error {
  readonly status: number;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;

  /** Whether the message may be shown to the client: it does not name the breaker. */
  readonly expose: boolean;
}

/**
 * Makes an error of a refusal, for a server's own error handling. Its fields are those that Express, Koa and Fastify read.
 * The refusal is its `cause`, so `isCircuitOpen` finds it.
 */
export function httpRefusal(open: { readonly retryAfter: Millis }): HttpRefusal {
  const { status, headers, body } = problemOf(open);
  const { detail } = JSON.parse(body) as { readonly detail: string };
  // The type of the body is up to the code that answers.
  const { 'content-type': _type, ...rest } = headers;
  const error = new Error(detail, { cause: open });
  return Object.assign(error, { status, statusCode: status, headers: rest, expose: true });
}
