import type { GivenSignal } from '../contract/options.ts';
import type { Route, RouteRequest, Router } from '../contract/router.ts';
import { read } from '../foreign/branches.ts';
import { adviceOf } from '../http/retry-advice.ts';
import type { Ending, Outcome, Ruling } from '../vocabulary/outcome.ts';

/** What limits the attempts of one request. */
export interface FurtherAttempts {
  /** The most attempts, with the first; 1 if the request must not be repeated. */
  readonly attempts: number;

  /**
   * What the request is about, for routers that send the same key to the same endpoint.
   *
   * @default undefined
   */
  readonly key?: string | undefined;

  /**
   * The caller's signal. Once it has fired there is no further attempt.
   *
   * @default undefined
   */
  readonly signal?: GivenSignal;

  /**
   * Asked before each further attempt: the ids of endpoints to be avoided as if the request had tried them.
   *
   * @default none
   */
  readonly avoid?: () => Iterable<string>;
}

/** A router of some sort of routes. */
interface RouterOf<R extends Route> extends Router {
  route(request?: RouteRequest): R;
}

/**
 * Decides on the further attempts of one request. There is another only after a failure and within the router's budget, and
 * none if the server forbids it (`x-should-retry: false`, a negative `grpc-retry-pushback-ms`). After a Retry-After no endpoint
 * is tried twice, and after the kind `overloaded` no tier is. What a proxy has repeated (`x-envoy-attempt-count`) is spent, too. After
 * a probe of an ejected endpoint another attempt is free, because the request was not to pay for that.
 *
 * @returns to be called after each attempt, with its route, its end and the ruling on it: the route of the next attempt, or
 *   undefined if there is none
 */
export function furtherAttempts<R extends Route>(
  router: RouterOf<R>,
  { attempts, key, signal, avoid }: FurtherAttempts,
): (tried: Route, ending: Ending, ruling: Outcome | Ruling) => R | undefined {
  const not = new Set<string>();
  let barred: RouteRequest['barred'];
  let made = 0;
  return ({ id, permit }, ending, given) => {
    not.add(id);
    made++;
    const ruling: Ruling = typeof given === 'string' ? { outcome: given } : given;
    if (ruling.outcome === 'success') router.retries.earn();
    if (ruling.outcome !== 'failure' || made >= attempts || read(signal, 'aborted') === true) return undefined;
    const { isFinal, wait, attempts: behind } = adviceOf(ending, router.service.clock.wall());
    for (let repeated = 1; repeated < behind; repeated++) router.retries.spend();
    if (isFinal) return undefined;
    if (ruling.kind === 'overloaded') barred = 'tier';
    else if (Math.max(wait, ruling.retryAfter ?? 0) > 0) barred ??= 'endpoint';
    for (const other of avoid?.() ?? []) not.add(other);
    const spend = () => permit.probe || router.retries.spend('error' in ending ? ending.error : undefined);
    return nextRoute(router, { key, not, barred }, spend);
  };
}

function nextRoute<R extends Route>(router: RouterOf<R>, request: RouteRequest, spend: () => boolean): R | undefined {
  const isBarred = request.barred !== undefined;
  if (!isBarred && !spend()) return undefined;
  try {
    const route = router.route(request);
    // There may be no other endpoint, so a retry is spent only once one is found.
    if (!isBarred || spend()) return route;
    route.permit.settle('ignored');
  } catch {
    // No endpoint may be called, so the caller gets what the last attempt ended with.
  }
  return undefined;
}
