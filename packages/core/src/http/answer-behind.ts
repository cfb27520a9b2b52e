import type { Branch } from '../foreign/branches.ts';
import { read } from '../foreign/read.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyStatus } from './classify-status.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * What the answer behind an error says, by its status; nothing where there is none. Some clients reject for an answer whose
 * status they do not like: undici's `responseError()` and RetryAgent, ky, got.
 *
 * @param wall the time now, for a Retry-After that is a date
 */
export function rulingOfAnswer(branch: Branch, wall: Millis | undefined): Ruling | undefined {
  for (const link of branch) {
    for (const answer of [link, read(link, 'response')]) {
      const status = read(answer, 'statusCode') ?? read(answer, 'status');
      if (isStatus(status)) return classifyStatus(status, retryAfterOf(read(answer, 'headers'), wall));
    }
  }
  return undefined;
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599;
}

/** Headers have a `get`, or are plain ones in small letters. Without the time a date says nothing. */
function retryAfterOf(headers: unknown, wall = Number.NaN): Millis | undefined {
  const asked = parseRetryAfter(headerOf(headers), wall);
  return Number.isNaN(asked) ? undefined : asked;
}

function headerOf(headers: unknown): unknown {
  try {
    return (headers as { get(name: string): unknown }).get('retry-after');
  } catch {
    return read(headers, 'retry-after');
  }
}
