import type { Because } from '../vocabulary/because.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import { duration, reason } from './reasons.ts';

/**
 * One sentence for a person: what happened, why, and when somebody will try again.
 *
 * @example
 * ```ts
 * breaker.subscribe((event) => console.log(explain(event)));
 * // Circuit "payments" opened: 12 of 20 calls failed (60 %, the limit is 50 %); next attempt in 4.2 s.
 * ```
 */
export function explain(what: BreakerEvent | Because): string {
  if (!('type' in what)) return `${capital(why(what))}.`;
  return `Circuit "${what.breaker}" ${happened(what)}${what.because ? `: ${why(what.because, what.at)}` : ''}.`;
}

/** The reason, and how long after `at` the next attempt may be made. */
function why({ rule, evidence, at, nextAttemptAt }: Because, since: number = at): string {
  const words = reason(rule, evidence);
  return nextAttemptAt === undefined
    ? words
    : `${words}; next attempt in ${duration(Math.max(0, nextAttemptAt - since))}`;
}

function happened({ type, to, from, outcome, kind, duration: ms }: BreakerEvent): string {
  switch (type) {
    case 'move':
      return to === 'open' ? 'opened' : to === 'closed' ? 'closed' : 'went half-open';
    case 'reject':
      return 'refused a call';
    case 'wouldOpen':
      return 'would have opened';
    case 'mode':
      return `was set from ${from} to ${to}`;
    case 'lost':
      return 'gave a probe up for lost';
    case 'outcome':
      return `saw a call end: ${outcome}${kind === undefined ? '' : ` (${kind})`}${ms === undefined ? '' : ` after ${duration(ms)}`}`;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
