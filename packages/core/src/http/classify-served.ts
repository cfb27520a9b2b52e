import { rulingBrought } from '../foreign/ruling.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyStatus } from './classify-status.ts';
import { parseRetryAfter } from './retry-after.ts';

/** A breaker further down refused, so the service behind this route was not called. */
const REFUSED: Ruling = { outcome: 'ignored', kind: 'EOPENBREAKER' };

/**
 * Classifies how a server answered. The status that the client gets decides, whatever was thrown on the way, except that an
 * error may excuse the service: a refusal by a breaker further down, a full bulkhead.
 *
 * For adapters of HTTP servers.
 *
 * @param answer its status, and what looks up a header by its name in lower case
 * @param thrown the error that was answered, if there was one
 * @param wall tells the time, in milliseconds since 1970, for a Retry-After that is a date
 */
export function classifyServed(
  { status, header }: { readonly status: number; header(name: string): unknown },
  thrown: unknown,
  wall: () => Millis,
): Ruling {
  const brought = thrown === undefined ? undefined : rulingBrought(thrown);
  if (brought?.outcome === 'ignored') return brought;
  const ruling = classifyStatus(status);
  if (ruling.outcome === 'success') return ruling;
  if (header('x-circuit-breaker') === 'open') return REFUSED;
  const retryAfter = header('retry-after');
  return retryAfter === undefined ? ruling : classifyStatus(status, parseRetryAfter(retryAfter, wall()));
}
