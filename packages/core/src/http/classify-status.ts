import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { headerIn } from './header-in.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * Statuses about our request or our rate, not about the service's health: too slow, wrong host, too early, too many, a
 * captive portal.
 */
const IGNORED: ReadonlySet<number> = new Set([408, 421, 425, 429, 511]);

/** Statuses that a healthy service sends for a method or a version of HTTP that it does not support. */
const HEALTHY: ReadonlySet<number> = new Set([501, 505]);

const SUCCESS: Ruling = { outcome: 'success' };

/**
 * Classifies an HTTP status. It judges the service, not the answer: a 404 is a service doing its job.
 *
 * For classifiers of HTTP clients; those of the adapters use it.
 *
 * @param status the status code
 * @param retryAfter milliseconds that the service asked clients to wait
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

/** A refusal as the parts of an HTTP response. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** The problem details of RFC 9457, as JSON. */
  readonly body: string;
}

/**
 * Makes an HTTP answer of a refusal: status 503, Retry-After, and a body as of RFC 9457. It does not name the breaker,
 * because it may reach people who should not know what is behind a service. For adapters of HTTP servers.
 *
 * @param open the refusal; if its `retryAfter` is not finite, the answer has no Retry-After
 * @param instance the address that was refused. Its query is left out, because it may contain what no log should
 */
export function problemOf(open: { readonly retryAfter: Millis }, instance?: string): Problem {
  const seconds = Math.max(1, Math.ceil(open.retryAfter / 1_000));
  const known = Number.isFinite(seconds);
  const body = {
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: `A service needed to answer this is failing and is left alone for now. Try again ${known ? `in ${seconds} s` : 'later'}.`,
    ...(instance !== undefined && { instance: instance.split('?', 1)[0] }),
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

/**
 * Classifies a response by its status and, unless it is a success, its Retry-After.
 *
 * @param headers a `Headers`, or a plain object with names in any case
 * @param wall returns the time now, in milliseconds since 1970. Called only if there is a Retry-After, which may be a date
 */
export function classifyResponse(status: number, headers: unknown, wall: () => Millis | undefined): Ruling {
  const ruling = classifyStatus(status);
  if (ruling.outcome === 'success') return ruling;
  const header = headerIn(headers, 'retry-after');
  if (header === undefined || header === null) return ruling;
  // Without the time now a date cannot be used: NaN makes its wait NaN.
  const retryAfter = parseRetryAfter(header, wall() ?? Number.NaN);
  return retryAfter === undefined || Number.isNaN(retryAfter) ? ruling : { ...ruling, retryAfter };
}
