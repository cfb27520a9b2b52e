import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';

/** About our request or our rate, not about the service's health: too slow, wrong host, too early, too many, a captive portal. */
const IGNORED: ReadonlySet<number> = new Set([408, 421, 425, 429, 511]);

/** Answers that a healthy service gives: it does not do this method or this version of HTTP. */
const HEALTHY: ReadonlySet<number> = new Set([501, 505]);

const SUCCESS: Ruling = { outcome: 'success' };

/**
 * What an HTTP status says about the service that sent it. It judges the service, not the answer: a 404 is a service
 * doing its job.
 *
 * For classifiers of what speaks HTTP; the adapters' own start from it.
 *
 * @param status the number of the answer's status line
 * @param retryAfter milliseconds the service asked us to stay away for
 */
export function classifyStatus(status: number, retryAfter?: Millis): Ruling {
  const outcome = outcomeOf(status);
  if (outcome === 'success') return SUCCESS;
  return { outcome, kind: String(status), ...(retryAfter !== undefined && { retryAfter }) };
}

function outcomeOf(status: number): Ruling['outcome'] {
  if (IGNORED.has(status)) return 'ignored';
  return status >= 500 && status <= 599 && !HEALTHY.has(status) ? 'failure' : 'success';
}

/** A refusal in the words of HTTP, as plain parts of a response. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** JSON. */
  readonly body: string;
}

/**
 * A refusal as an HTTP answer: 503, Retry-After, and a body of RFC 9457. It names no breaker, for it may reach people who
 * should not know what is behind a service. For adapters of what answers HTTP.
 *
 * @param open the refusal; without a finite `retryAfter` nobody knows when to come back, and the answer does not say
 * @param instance what was refused: a path, as the URI reference that RFC 9457 asks for
 */
export function problemOf(open: { readonly retryAfter: Millis }, instance?: string): Problem {
  const seconds = Math.max(1, Math.ceil(open.retryAfter / 1_000));
  const known = Number.isFinite(seconds);
  const body = {
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: `A service needed to answer this is failing and is left alone for now. Try again ${known ? `in ${seconds} s` : 'later'}.`,
    ...(instance !== undefined && { instance }),
    ...(known && { retryAfter: seconds }),
  };
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-circuit-breaker': 'open',
    ...(known && { 'retry-after': String(seconds) }),
  };
  return { status: body.status, headers, body: JSON.stringify(body) };
}
