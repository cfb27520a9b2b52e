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
