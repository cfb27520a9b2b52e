import { read } from '../foreign/branches.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyStatus } from './classify-status.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * Classifies a response by its status and, unless it is a success, its Retry-After.
 *
 * @param headers a `Headers`, or a plain object with names in any case
 * @param wall returns the time now, in milliseconds since 1970. Called only if there is a Retry-After, which may be a date
 */
export function classifyResponse(status: number, headers: unknown, wall: () => Millis | undefined): Ruling {
  const ruling = classifyStatus(status);
  if (ruling.outcome === 'success') return ruling;
  const header = retryAfterIn(headers);
  if (header === undefined || header === null) return ruling;
  // Without the time now a date cannot be used: NaN makes its wait NaN.
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
