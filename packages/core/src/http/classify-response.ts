import { read } from '../foreign/branches.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyStatus } from './classify-status.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * What a response says about the service that sent it: its status and, unless it is a success, how long its Retry-After asks
 * us to stay away.
 *
 * @param headers a `Headers`, or a plain object whose names are in any case
 * @param wall tells the time, in milliseconds since 1970, for a Retry-After that is a date. Called only for such a header
 */
export function classifyResponse(status: number, headers: unknown, wall: () => Millis | undefined): Ruling {
  const ruling = classifyStatus(status);
  if (ruling.outcome === 'success') return ruling;
  const header = retryAfterIn(headers);
  if (header === undefined || header === null) return ruling;
  // Without the time a date says nothing: NaN makes its wait NaN.
  const retryAfter = parseRetryAfter(header, wall() ?? Number.NaN);
  return retryAfter === undefined || Number.isNaN(retryAfter) ? ruling : { ...ruling, retryAfter };
}

function retryAfterIn(headers: unknown): unknown {
  try {
    return (headers as { get(name: string): unknown }).get('retry-after');
  } catch {
    return plainHeader(headers);
  }
}

function plainHeader(headers: unknown): unknown {
  try {
    return read(
      headers,
      Object.keys(Object(headers)).find((key) => key.toLowerCase() === 'retry-after') ?? 'retry-after',
    );
  } catch {
    return undefined;
  }
}
