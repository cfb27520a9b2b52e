import { outcomeOfAbort } from '../call/classify.ts';
import { Rejection } from '../call/promise.ts';
import type { Permit } from '../contract/breaker.ts';
import type { Route, Router } from '../contract/router.ts';
import { read } from '../foreign/branches.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { type GuardEnding, type GuardOptions, guard } from './guard.ts';

/** Options of {@link guardRouted}: those of `guard`, for the request and for each of its attempts. */
export interface GuardRoutedOptions<T> extends GuardOptions<T> {
  /** The most attempts of this request; 1 if it must not be repeated. */
  readonly attempts: number;

  /**
   * What the request is about, for routers that send the same key to the same endpoint.
   *
   * @default undefined
   */
  readonly key?: string | undefined;

  /**
   * Called with an ending that the caller will not get, because another attempt is made: to release its body.
   *
   * @default undefined
   */
  readonly discard?: ((ending: GuardEnding<T>) => void) | undefined;
}

/**
 * Makes one request to a service of several endpoints: under the permit of the service, which hears how it ends, and with a
 * route for each attempt. Another attempt is made only after a failure, at another endpoint if there is one, and within the
 * router's budget. The caller gets what the last attempt returned or rejected with.
 *
 * @param call makes one attempt at that address; the first is number 1
 */
export function guardRouted<T>(
  router: Router,
  call: (to: string, attempt: number) => T | PromiseLike<T>,
  options: GuardRoutedOptions<T>,
): Promise<T> {
  const { key } = options;
  const { service } = router;
  let first: Route;
  return guard(service, () => attemptRoutes(router, first, call, options), {
    ...options,
    acquire(): Permit {
      const permit = service.acquire();
      try {
        first = router.route({ key });
      } catch (error) {
        // That no endpoint may be called says nothing about the service.
        permit.settle('ignored');
        throw error;
      }
      return permit;
    },
  });
}

/**
 * Makes the attempts of one request, for adapters that have a permit of the service already.
 *
 * @param first the route of the first attempt
 */
export function attemptRoutes<T>(
  router: Router,
  first: Route,
  call: (to: string, attempt: number) => T | PromiseLike<T>,
  options: GuardRoutedOptions<T>,
): Promise<T> {
  const { signal, ofCaller = (ending) => ('error' in ending ? outcomeOfAbort(signal) : undefined) } = options;
  const not = new Set<string>();
  const attempt = ({ id, to, permit }: Route, number: number): Promise<T> => {
    not.add(id);
    let ruling: Outcome | Ruling | undefined;
    const another = (ending: GuardEnding<T>): Promise<T> | undefined => {
      if (outcomeOf(ruling) === 'success') router.retries.earn();
      const next = number < options.attempts ? nextOf(router, ending, ruling, { not, options }) : undefined;
      if (next) options.discard?.(ending);
      return next && attempt(next, number + 1);
    };
    const answer = guard(router.service, () => call(to, number), {
      ...options,
      // The permit is taken already, so that nothing may keep the call from being made.
      signal: undefined,
      ofCaller,
      received: undefined,
      acquire: () => permit,
      settled: (settled) => {
        ruling = settled;
      },
    });
    return answer.then<T, T>(
      (value): T | PromiseLike<T> => another({ value }) ?? value,
      (error: unknown): PromiseLike<T> => another({ error }) ?? (new Rejection(error) as PromiseLike<never>),
    );
  };
  return attempt(first, 1);
}

function outcomeOf(ruling: Outcome | Ruling | undefined): Outcome | undefined {
  return typeof ruling === 'object' ? ruling.outcome : ruling;
}

/** The route of another attempt; undefined if there must be none. */
function nextOf<T>(
  router: Router,
  ending: GuardEnding<T>,
  ruling: Outcome | Ruling | undefined,
  { not, options }: { readonly not: ReadonlySet<string>; readonly options: GuardRoutedOptions<T> },
): Route | undefined {
  // Where it is still being found out whether this side was at fault, there is no ruling yet.
  if (outcomeOf(ruling) !== 'failure' || read(options.signal, 'aborted') === true) return undefined;
  if (!router.retries.spend('error' in ending ? ending.error : undefined)) return undefined;
  try {
    return router.route({ key: options.key, not });
  } catch {
    return undefined;
  }
}
