import type { AbortState, Breaker } from '@switchgear/core';
import {
  type GuardEnding,
  type GuardOptions,
  guard,
  LatePermit,
  outcomeOfAbort,
  refuseAtOnce,
  stoppedBefore,
} from '@switchgear/core/adapter';
import { bodyReceived, COMPLETE, type ReceivedBody, receiveBody } from './request-body.ts';

/** A request whose body may still be coming in. */
export interface IncomingRequest {
  /** Absent if there is no body to wait for. */
  readonly request?: Request | undefined;

  /** The signal of the client or caller that waits for the answer. */
  readonly signal: AbortState | undefined;

  /** How many bytes of the body are kept while it comes in. */
  readonly bufferBody: number;

  /** The request of Node's HTTP server, if it served this one: it knows whether the whole body has arrived. */
  readonly nodeRequest?: unknown;
}

/** How a call for one request is made, classified and refused. */
export interface GuardRequestOptions<T>
  extends IncomingRequest,
    Pick<GuardOptions<T>, 'byDefault' | 'classify' | 'onRefused' | 'received'> {
  /** Makes the call ready just before a permit is asked for, so that an error in doing so takes no permit. */
  readonly prepare: (body: ReceivedBody) => () => T | PromiseLike<T>;

  /** Whether an ending counts although the client has left. Anything else is the client's doing then. */
  readonly succeeded: (ending: GuardEnding<T>) => boolean;
}

/**
 * Makes one call for a request under a permit. The permit is asked for once the request's body is in, because a slow client
 * says nothing about the service. A client that the circuit refuses anyway does not have to send its body first.
 */
export function guardRequest<T>(breaker: Breaker, options: GuardRequestOptions<T>): Promise<T> {
  const { request, signal } = options;
  if (!request || request.method === 'GET' || request.method === 'HEAD' || stoppedBefore(signal)) {
    return guardReceived(breaker, COMPLETE, options);
  }
  return bodyOf(request, breaker, options).then(
    (body) => guardReceived(breaker, body, options),
    (error: unknown) => guardReceived(breaker, COMPLETE, options, { error }),
  );
}

/** @param problem what kept the body from coming in: thrown in place of a permit, where refusals are told from errors */
function guardReceived<T>(
  breaker: Breaker,
  body: ReceivedBody,
  options: GuardRequestOptions<T>,
  problem?: { readonly error: unknown },
): Promise<T> {
  const { signal, prepare, byDefault, classify, onRefused, received, succeeded } = options;
  let call: () => T | PromiseLike<T>;
  return guard<T>(breaker, () => call(), {
    signal,
    byDefault,
    classify,
    onRefused,
    received,
    ofCaller: (ending) => {
      const ruling = body.rest?.brokeOff ? 'ignored' : signal && outcomeOfAbort(signal);
      return ruling && !succeeded(ending) ? ruling : undefined;
    },
    acquire: () => {
      if (problem) throw problem.error;
      call = prepare(body);
      if (!body.rest) return breaker.acquire();
      refuseAtOnce(breaker);
      const { rest } = body;
      return new LatePermit(breaker, (listener) => rest.onEnd(listener));
    },
  });
}

async function bodyOf(request: Request, breaker: Breaker, incoming: IncomingRequest): Promise<ReceivedBody> {
  const known = bodyReceived(request);
  if (known) return known;
  refuseAtOnce(breaker);
  return receiveBody(request, incoming.bufferBody, incoming.nodeRequest);
}
