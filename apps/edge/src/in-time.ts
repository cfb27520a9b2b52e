import { deadline, deadlineHeaders, deadlineIn, readDeadline } from '@switchgear/policies';
import type { Context } from 'hono';
import { TIME_LIMIT } from './upstreams.ts';

/** Milliseconds of a caller's time that are kept for our own answer, and its way back. */
const KEEP = 20;

/** What a request to a service has to bring along. */
export interface Terms {
  readonly signal: AbortSignal;
  readonly headers: Record<string, string>;
}

const callersTime = deadline({ keep: KEEP });

/**
 * Asks a service for as long as our caller waits, as its `grpc-timeout` says, and never longer than the service's own time
 * limit. The service is told how long that is. When the caller's time is over it is a `DeadlineError`, which breakers
 * ignore; when the service's is, a `TimeoutError`, which they count.
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
