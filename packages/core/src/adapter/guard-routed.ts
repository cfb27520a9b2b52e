import { outcomeOfAbort } from '../call/classify.ts';
import { Rejection } from '../call/promise.ts';
import type { Permit } from '../contract/breaker.ts';
import type { Route, Router } from '../contract/router.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { type FurtherAttempts, furtherAttempts } from './further-attempts.ts';
import { type GuardEnding, type GuardOptions, guard } from './guard.ts';

/** Options of {@link guardRouted}: those of `guard`, for the request and for each of its attempts. */
export interface GuardRoutedOptions<T> extends GuardOptions<T>, Omit<FurtherAttempts, 'signal'> {
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
 * router's budget: {@link furtherAttempts}. The caller gets what the last attempt returned or rejected with.
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
  const next = furtherAttempts(router, options);
  const attempt = (route: Route, number: number): Promise<T> => {
    let ruling: Outcome | Ruling | undefined;
    const another = (ending: GuardEnding<T>): Promise<T> | undefined => {
      // Where it is still being found out whether this side was at fault, there is no ruling yet.
      const further = ruling && next(route, ending, ruling);
      if (further) options.discard?.(ending);
      return further && attempt(further, number + 1);
    };
    const answer = guard(router.service, () => call(route.to, number), {
      ...options,
      // The permit is taken already, so that nothing may keep the call from being made.
      signal: undefined,
      ofCaller,
      received: undefined,
      acquire: () => route.permit,
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
