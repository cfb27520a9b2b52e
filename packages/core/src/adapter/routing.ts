import { read } from '../foreign/branches.ts';
import { invalid, requireFunction, requireWhole } from '../vocabulary/requirement.ts';

/** Methods that change nothing at the service, so that a request may be repeated. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** How often a request is attempted where nobody says otherwise. */
const ATTEMPTS = 2;

/** How many attempts a request gets: a number for requests with a safe method, or a function for any. */
export type AttemptsChoice<Target> = number | ((target: Target) => number);

/**
 * The most attempts of one request.
 *
 * @param isRepeatable whether it can be sent again: its body is not a stream
 */
export function attemptsOf<Target extends { readonly method: string }>(
  choice: AttemptsChoice<Target> | undefined,
  target: Target,
  isRepeatable: boolean,
): number {
  if (!isRepeatable) return 1;
  if (typeof choice === 'function') return Math.max(1, Math.floor(choice(target)) || 1);
  return SAFE.has(target.method) ? (choice ?? ATTEMPTS) : 1;
}

/** Throws unless `route` is a router and `attempts` a number or a function, and unless only one of `route` and `breaker` is given. */
export function requireRoute(of: string, { route, attempts, breaker }: Readonly<Record<string, unknown>>): void {
  if (attempts !== undefined && typeof attempts !== 'function') requireWhole('attempts', attempts);
  if (route === undefined) return;
  requireFunction('route', read(route, 'route'), 'a router', route, 'createBalancer({ … })');
  if (breaker !== undefined) throw new TypeError(`Switchgear: ${of} takes a breaker or a route, not both`);
}

/**
 * The address of a request at an endpoint: its origin replaced, its path and query kept.
 *
 * @throws {TypeError} if the endpoint has no address
 */
export function addressAt(to: string, url: string): string {
  const [origin] = ORIGIN.exec(to) ?? [];
  if (origin !== undefined) return origin + url.replace(ORIGIN, '').replace(/^(?=[?#]|$)/, '/');
  throw new TypeError(`Switchgear: the endpoint '${to}' has no address; give it a url, such as 'http://10.0.0.1:8080'`);
}

/** A scheme, a host and a port. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]+/i;

/** Whose headers are believed: those of all origins, or only of these. */
export type Trust = 'all' | readonly string[];

/** Throws unless the option `trust` is `'all'` or a list of origins. */
export function requireTrust(trust: unknown): void {
  const isList = Array.isArray(trust) && trust.every((origin) => typeof origin === 'string' && ORIGIN.test(origin));
  if (trust !== undefined && trust !== 'all' && !isList) {
    invalid('trust', "'all' or a list of origins", trust, "trust: ['https://search.internal']");
  }
}

/** Whether the headers of the server at this address are believed. */
export function isTrusted(trust: Trust | undefined, url: string): boolean {
  if (trust === undefined || trust === 'all') return true;
  const [origin = ''] = ORIGIN.exec(url) ?? [];
  return trust.includes(origin);
}
