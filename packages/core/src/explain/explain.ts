import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Because, Evidence } from '../vocabulary/state.ts';

/**
 * Returns one sentence for people: what happened, why, and when the next attempt may be made.
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
  const text = reason(rule, evidence);
  if (nextAttemptAt === undefined) return text;
  return `${text}; next attempt in ${duration(Math.max(0, nextAttemptAt - since))}`;
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
      return `was switched from ${from} to ${to}`;
    case 'lost':
      return 'reclaimed a probe that never settled';
    case 'outcome':
      return `counted a call as ${outcome}${kind === undefined ? '' : ` (${kind})`}${ms === undefined ? '' : ` after ${duration(ms)}`}`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Numbers by name. A missing one reads as NaN, and a sentence that contains NaN is not used. */
type Numbers = (name: string) => number;

/** A share, with at most one decimal place. */
function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

/** A time in a convenient unit. */
function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms / 60_000)} min`;
}

/** A number that need not be whole, with at most one decimal place. */
function about(number: number): string {
  return `${Math.round(number * 10) / 10}`;
}

/** `1 call`, `12 calls`. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `7 of 20 calls`, and `1 call` rather than `1 of 1 calls`. */
function of(some: number, all: number, noun: string): string {
  return all === 1 ? count(some, noun) : `${some} of ${count(all, noun)}`;
}

/** `1 call failed` rather than `1 call in a row failed`. */
function inARow(run: number, what: string): string {
  return run === 1 ? `1 call ${what}` : `${run} calls in a row ${what}`;
}

/** The sentence for each rule of this library. */
const REASONS: Readonly<Record<string, (n: Numbers) => string>> = {
  failureRate: (n) =>
    `${of(n('failures'), n('calls'), 'call')} failed (${percent(n('failureRate'))}, the limit is ${percent(n('limit'))})`,
  failureCount: (n) => `${count(n('failures'), 'call')} failed (the limit is ${n('limit')})`,
  slowCallRate: (n) =>
    `${of(n('slow'), n('calls'), 'call')} took ${duration(n('slowerThan'))} or longer (${percent(n('slowCallRate'))}, the limit is ${percent(n('limit'))})`,
  slowCallCount: (n) =>
    `${count(n('slow'), 'call')} took ${duration(n('slowerThan'))} or longer (the limit is ${n('limit')})`,
  consecutiveFailures: (n) => inARow(n('run'), 'failed'),
  meanLatency: (n) => `calls took ${duration(n('mean'))} on average (the limit is ${duration(n('limit'))})`,
  latencyPercentile: (n) =>
    `${percent(n('percentile'))} of calls took up to ${duration(n('latency'))} (the limit is ${duration(n('limit'))})`,
  overdue: (n) =>
    `${count(n('overdue'), 'call')} unanswered for ${duration(n('longerThan'))} or longer (the limit is ${n('limit')})`,
  cusum: (n) =>
    `${n('failures')} of the last ${count(n('calls'), 'call')} failed; normally ${percent(n('normal'))} fail`,
  silence: (n) =>
    `no answer for ${duration(n('silentFor'))} to ${count(n('unanswered'), 'call')}; normally one takes ${duration(n('normalLatency'))}, so ${about(n('due'))} answers are due (the limit is ${about(n('limit'))})`,
  overload: (n) =>
    `${count(n('load'), 'call')} in flight, ${n('late')} of them late (the limit is ${about(n('limit'))}), taking ${duration(n('latency'))} each; normally ${about(n('normalLoad'))} in flight, taking ${duration(n('normalLatency'))} each`,
  steady: (n) =>
    `${inARow(n('run'), 'succeeded')}, none was refused for ${duration(n('unrefusedFor'))}, with ${n('load')} of ${n('limit')} allowed calls in flight`,
  slowerNow: (n) =>
    `no call was refused for ${duration(n('unrefusedFor'))}, so the latency of ${duration(n('latency'))} is accepted as normal; it was ${duration(n('normalLatency'))}`,
  maxStay: (n) => `it had been half-open for ${duration(n('maxStay'))}`,
  openFor: () => 'the open period elapsed and a call arrived',
  'half-open': () => 'it is half-open and all probes are in flight',
  isolated: () => 'an operator isolated it',
  trip: () => 'an operator opened it',
  halfOpen: () => 'an operator set it half-open',
  reset: () => 'an operator closed it',
  restore: () => 'it was restored from a snapshot',
  votes: (n) => `the circuits of ${n('votes')} of ${count(n('instances'), 'instance')} opened`,
  endpoints: (n) => `none of ${count(n('endpoints'), 'endpoint')} may be called (${n('ejected')} ejected)`,
  outliers: (n) =>
    `${percent(n('success'))} of its calls succeeded; the endpoints' mean is ${percent(n('mean'))} with a standard deviation of ${percent(n('deviation'))}`,
  asked: () => 'the endpoint asked for no more calls',
  service: () => 'the service is back',
  others: (n) => `a call of one of ${count(n('instances'), 'instance')} succeeded`,
  register: () => 'the register says that it is open',
  appointed: () => 'it was appointed to probe',
};

/** The reason as text; for a user's own rule, its name and numbers. */
function reason(rule: string, evidence: Evidence = {}): string {
  if (rule === 'probes' || rule === 'ramp') return ofProbes(evidence);
  if (rule.startsWith('sustained ')) {
    return `for ${duration(evidence['held'] ?? 0)} ${reason(rule.slice('sustained '.length), evidence)}`;
  }
  if (rule.startsWith('pooled ')) {
    return `over ${count(evidence['instances'] ?? 1, 'instance')}, ${reason(rule.slice('pooled '.length), evidence)}`;
  }
  // A user's rule may have any name, even one that every object inherits.
  const sentence = Object.hasOwn(REASONS, rule) ? REASONS[rule] : undefined;
  const known = sentence?.((name) => evidence[name] ?? Number.NaN);
  if (known !== undefined && !known.includes('NaN')) return known;
  const numbers = Object.entries(evidence).map(([name, number]) => `${name} ${number}`);
  return numbers.length > 0 ? `${rule} (${numbers.join(', ')})` : rule;
}

function ofProbes({ calls = 0, failures = 0, slow = 0, limit }: Evidence): string {
  const allowed = limit === undefined ? '' : `, with up to ${count(limit, 'call')} allowed at a time`;
  if (failures > 0) return `${of(failures, calls, 'probe')} failed${allowed}`;
  if (slow > 0) return `${of(slow, calls, 'probe')} ${slow === 1 ? 'was' : 'were'} slow`;
  return `${of(calls, calls, 'probe')} succeeded`;
}
