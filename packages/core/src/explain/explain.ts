import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Because, Evidence } from '../vocabulary/state.ts';

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

/** Numbers by name; one that is missing reads as NaN, which no sentence is built on. */
type Numbers = (name: string) => number;

/** A share as people say it: at most one figure after the point. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

/** A time as people say it. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms / 60_000)} min`;
}

/** What each ready-made rule saw, in words. */
const REASONS: Readonly<Record<string, (n: Numbers) => string>> = {
  failureRate: (n) =>
    `${n('failures')} of ${n('calls')} calls failed (${percent(n('failureRate'))}, the limit is ${percent(n('limit'))})`,
  failureCount: (n) => `${n('failures')} calls failed (the limit is ${n('limit')})`,
  slowCallRate: (n) =>
    `${n('slow')} of ${n('calls')} calls took ${duration(n('slowerThan'))} or longer (${percent(n('slowCallRate'))}, the limit is ${percent(n('limit'))})`,
  slowCallCount: (n) => `${n('slow')} calls took ${duration(n('slowerThan'))} or longer (the limit is ${n('limit')})`,
  consecutiveFailures: (n) => `${n('run')} calls in a row failed`,
  meanLatency: (n) => `calls took ${duration(n('mean'))} on average (the limit is ${duration(n('limit'))})`,
  latencyPercentile: (n) =>
    `${percent(n('percentile'))} of the calls took up to ${duration(n('latency'))} (the limit is ${duration(n('limit'))})`,
  overdue: (n) =>
    `calls under way for ${duration(n('longerThan'))} or longer: ${n('overdue')} (the limit is ${n('limit')})`,
  cusum: (n) => `${n('failures')} of the last ${n('calls')} calls failed; normally ${percent(n('normal'))}`,
  silence: (n) =>
    `nothing has come back for ${duration(n('silentFor'))} although ${n('unanswered')} calls were sent; normally one takes ${duration(n('normalLatency'))}`,
  overload: (n) =>
    `${n('load')} calls are under way and take ${duration(n('latency'))}; normally ${duration(n('normalLatency'))}`,
  steady: (n) => `${n('run')} calls in a row succeeded`,
  slowerNow: () => 'fewer calls at a time are no quicker: it is slower now, and well',
  maxStay: (n) => `it had been half-open for ${duration(n('maxStay'))}`,
  openFor: () => 'its time was over and somebody asked',
  'half-open': () => 'it is half-open and enough probes are under way',
  isolated: () => 'an operator has isolated it',
  trip: () => 'an operator opened it',
  halfOpen: () => 'an operator sent it half-open',
  reset: () => 'an operator closed it',
  restore: () => 'it was restored from a snapshot',
};

/** The reason in words; for a rule of the user's own its name and its numbers. */
export function reason(rule: string, evidence: Evidence = {}): string {
  if (rule === 'probes' || rule === 'ramp') return ofProbes(evidence);
  if (rule.startsWith('sustained ')) {
    return `for ${duration(evidence['held'] ?? 0)} ${reason(rule.slice('sustained '.length), evidence)}`;
  }
  // Rules of the user's may have any name, one that every object has, too.
  const words = Object.hasOwn(REASONS, rule) ? REASONS[rule] : undefined;
  const known = words?.((name) => evidence[name] ?? Number.NaN);
  if (known !== undefined && !known.includes('NaN')) return known;
  const numbers = Object.entries(evidence).map(([name, number]) => `${name} ${number}`);
  return numbers.length > 0 ? `${rule} (${numbers.join(', ')})` : rule;
}

function ofProbes({ calls = 0, failures = 0, slow = 0 }: Evidence): string {
  if (failures > 0) return `${failures} of ${calls} probes failed`;
  return slow > 0 ? `${slow} of ${calls} probes were slow` : `${calls} of ${calls} probes succeeded`;
}
