import type { Ending, KeyedOptions, Outcome, Route, RouteRequest, Router, Ruling } from '@switchgear/core';
import { classifyWith, isFailure, outcomeOfAbort, requireOptions, requireWhole } from '@switchgear/core/adapter';
import type { RunOptions } from '../contract/balancer.ts';

/** What a request needs of its balancer. */
export interface Requested<R extends Route> extends Router {
  readonly classify: KeyedOptions['classify'];
  route(request?: RouteRequest): R;
}

/** The attempts of one request, under the permit of the service. */
export async function attemptAll<T, R extends Route>(
  balancer: Requested<R>,
  call: (route: R, attempt: number) => T | PromiseLike<T>,
  options: RunOptions,
): Promise<T> {
  const { key, attempts = 1, signal } = options;
  const not = new Set<string>();
  let ending: { readonly value: T } | { readonly error: unknown } | undefined;
  for (let number = 1; ; number++) {
    let route: R;
    try {
      route = balancer.route({ key, not });
    } catch (refusal) {
      // The caller gets what the attempt before made of it, not that there is no other endpoint.
      return restored<T>(ending ?? { error: refusal });
    }
    not.add(route.id);
    ending = await endingOf(() => call(route, number));
    const ruling = rulingOn(ending, balancer, signal);
    route.permit.settle(ruling);
    if (ruling === 'success' || (typeof ruling === 'object' && ruling.outcome === 'success')) balancer.retries.earn();
    const error = 'error' in ending ? ending.error : undefined;
    const isLast = number >= attempts || !isFailure(ruling) || signal?.aborted || !balancer.retries.spend(error);
    if (isLast) return restored(ending);
  }
}

/** Checks the options of a request. */
export function requireRun(options: RunOptions): RunOptions {
  requireOptions('run', options, ['key', 'attempts', 'signal']);
  if (options.attempts !== undefined) requireWhole('run attempts', options.attempts);
  return options;
}

async function endingOf<T>(call: () => T | PromiseLike<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

function rulingOn(
  ending: Ending,
  { classify, service }: Pick<Requested<Route>, 'classify' | 'service'>,
  signal: RunOptions['signal'],
): Outcome | Ruling {
  const ofCaller = 'error' in ending ? outcomeOfAbort(signal) : undefined;
  return ofCaller ?? classifyWith(ending, classify, (each) => ('error' in each ? 'failure' : 'success'), service);
}

function restored<T>(ending: { readonly value: T } | { readonly error: unknown }): T {
  if ('error' in ending) throw ending.error;
  return ending.value;
}
