import { type CircuitOpenError, findCircuitOpen, type Route, type Router } from '@switchgear/core';
import {
  ATTEMPT_COUNT,
  type AttemptsChoice,
  addressAt,
  attemptRoutes,
  attemptsOf,
  type GuardOptions,
} from '@switchgear/core/adapter';
import type { ForwardedHeaders } from './forward-request.ts';
import type { ReceivedBody } from './request-body.ts';

/** A request to a service of several endpoints. */
export interface RoutedRequest extends Pick<GuardOptions<Response>, 'classify' | 'byDefault'> {
  readonly url: URL;
  readonly request: Request;
  readonly attempts: AttemptsChoice<Request> | undefined;

  /** Whether the user's own function forwards it, which may read the body. */
  readonly isForwarded: boolean;
}

/** The attempts of one request, to be made under a permit of the service. */
export interface RoutedCall {
  readonly prepare: (body: ReceivedBody) => () => Promise<Response>;

  /** The refusal, if an error says that no endpoint may be called. */
  readonly refused: (error: unknown) => CircuitOpenError | undefined;
}

/** @param callFor prepares the call of one attempt */
export function routedCall(
  route: Router,
  { url, request, attempts, isForwarded, ...classified }: RoutedRequest,
  callFor: (url: URL, body: ReceivedBody, headers: ForwardedHeaders) => () => Response | PromiseLike<Response>,
): RoutedCall {
  let refusal: unknown;
  return {
    prepare: (body) => async () => {
      let first: Route;
      try {
        first = route.route();
      } catch (error) {
        refusal = error;
        throw error;
      }
      const isRepeatable = request.body === null || (body.bytes !== undefined && !isForwarded);
      return attemptRoutes(
        route,
        first,
        (to, attempt) => callFor(new URL(addressAt(to, url.href)), body, countOf(attempt))(),
        {
          ...classified,
          signal: request.signal,
          attempts: attemptsOf(attempts, request, isRepeatable),
          discard: (ending) => 'value' in ending && void ending.value.body?.cancel().catch(() => undefined),
        },
      );
    },
    refused: (error) => (error !== undefined && error === refusal ? findCircuitOpen(error) : undefined),
  };
}

/** What the client's side counted, it counted on its own way here, so a repeated attempt replaces it. */
function countOf(attempt: number): ForwardedHeaders {
  return attempt > 1 ? { [ATTEMPT_COUNT]: String(attempt) } : {};
}
