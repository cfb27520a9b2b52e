import { deadline, deadlineHeaders, deadlineIn, readDeadline } from '@switchgear/policies';
import type { Context } from 'hono';
import { TIME_LIMIT } from './upstreams.ts';

/** Milliseconds of the caller's deadline that are reserved for our own response. */
const KEEP = 20;

/** What to send with a request to a service. */
export interface Terms {
  readonly signal: AbortSignal;
  readonly headers: Record<string, string>;
}

const callersTime = deadline({ keep: KEEP });

/**
 * Calls a service within the caller's deadline (`grpc-timeout`) and the service's own time limit, and passes the remaining time on.
 * A passed deadline is a `DeadlineError`, which breakers ignore; the service's own limit is a `TimeoutError`, which they count.
 */
export function inTime(c: Context, ask: (terms: Terms) => Promise<Response>): Promise<Response> {
  return callersTime.run(
    ({ signal, deadline: left }) => {
      const wait = Math.min(TIME_LIMIT, left?.remaining() ?? TIME_LIMIT);
      return ask({
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT)]),
        headers: deadlineHeaders(deadlineIn(wait)),
      });
    },
    { deadline: readDeadline(c.req.raw.headers) },
  );
}
