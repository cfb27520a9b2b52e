import { branchesOf, isObject, read } from '../foreign/branches.ts';
import { rulingBrought } from '../foreign/ruling.ts';
import type { Ending, Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { ATTEMPT_COUNT } from './attempt-header.ts';
import { classifyNetworkError, rulingOfAnswer } from './classify-network-error.ts';
import { headerIn } from './header-in.ts';

/** What an ending says about another attempt. */
export interface RetryAdvice {
  /** Whether the next attempt may end otherwise. */
  readonly isRetryable: boolean;

  /** Whether that is final: a breaker, a bulkhead or a deadline refused, or the server says so. */
  readonly isFinal: boolean;

  /** How long the server asks to wait; milliseconds, 0 if it does not. */
  readonly wait: Millis;

  /** How often a proxy has tried the call, which is load as well; 1 if it does not say. From 1 to 10. */
  readonly attempts: number;
}

/** Statuses that say "not now". Breakers ignore them, because they are about the caller's rate and not the service's health. */
const NOT_NOW: ReadonlySet<string> = new Set(['408', '425', '429']);

/** Milliseconds, as gRPC has them. */
const PUSHBACK = /^\d+$/;

const NEVER: RetryAdvice = { isRetryable: false, isFinal: true, wait: 0, attempts: 1 };

/** More attempts of a proxy than this are not believed. */
const MOST_ATTEMPTS = 10;

/**
 * Reads the advice in an ending: from its status (of a `Response`, or of the answer behind an error), its error code, and the
 * headers by which servers direct retries: `retry-after-ms`, `retry-after`, `grpc-retry-pushback-ms`, `x-should-retry`,
 * `x-circuit-breaker` and `x-envoy-attempt-count`. A pushback that is no number of at least 0 forbids them (gRFC A6).
 *
 * @param wall the time now, in milliseconds since 1970, for a Retry-After that is a date
 */
export function adviceOf(ending: Ending, wall: Millis): RetryAdvice {
  const links = 'error' in ending ? branchesOf(ending.error).flat() : isAnswer(ending.value) ? [ending.value] : [];
  if ('error' in ending && rulingBrought(ending.error)?.outcome === 'ignored') return NEVER;
  const ruling = rulingOn(ending, links, wall);
  const said = textIn(links, 'x-should-retry');
  const pushback = textIn(links, 'grpc-retry-pushback-ms');
  const isForbidden = said === 'false' || (pushback !== undefined && !PUSHBACK.test(pushback));
  // Or a breaker behind that service refused the call.
  if (isForbidden || textIn(links, 'x-circuit-breaker') === 'open') return NEVER;
  const isRetryable = said === 'true' || ruling.outcome === 'failure' || NOT_NOW.has(ruling.kind ?? '');
  const exact = Number(textIn(links, 'retry-after-ms') ?? pushback ?? Number.NaN);
  const attempts = Math.min(MOST_ATTEMPTS, Math.max(1, Number(textIn(links, ATTEMPT_COUNT)) || 1));
  return { isRetryable, isFinal: false, wait: exact >= 0 ? exact : (ruling.retryAfter ?? 0), attempts };
}

function rulingOn(ending: Ending, links: readonly unknown[], wall: Millis): Ruling {
  if ('error' in ending) return classifyNetworkError(ending.error, wall);
  return rulingOfAnswer(links, wall) ?? { outcome: 'success' };
}

/** Whether a value is the answer of an HTTP client: a `Response`, or what axios resolves with. */
function isAnswer(value: unknown): boolean {
  return isObject(read(value, 'headers'));
}

/** A header of the answer behind an ending. */
function textIn(links: readonly unknown[], name: string): string | undefined {
  for (const link of links) {
    for (const answer of [link, read(link, 'response')]) {
      const value = headerIn(read(answer, 'headers'), name);
      if (typeof value === 'string') return value;
    }
  }
  return undefined;
}
