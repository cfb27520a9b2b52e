import type { Ending, KeyedOptions, Outcome, Route, RouteRequest, Router, Ruling } from '@switchgear/core';
import { classifyWith, furtherAttempts, outcomeOfAbort, requireOptions, requireWhole } from '@switchgear/core/adapter';
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
  const next = furtherAttempts(balancer, { key, attempts, signal });
  let route = balancer.route({ key });
  for (let number = 1; ; number++) {
    const ending = await endingOf(() => call(route, number));
    const ruling = rulingOn(ending, balancer, signal);
    route.permit.settle(ruling);
    const another = next(route, ending, ruling);
    if (!another) return restored<T>(ending);
    route = another;
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
