import { classifyWith } from '../call/classify.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import { type CircuitOpenError, findCircuitOpen } from '../contract/circuit-open-error.ts';
import { read } from '../foreign/branches.ts';
import { rulingBrought } from '../foreign/ruling.ts';
import { classifyServed } from '../http/classify-served.ts';
import type { Ending, Outcome, Ruling } from '../vocabulary/outcome.ts';
import { LatePermit, refuseAtOnce } from './late-permit.ts';
import { type NodeResponse, observeAnswer, type ServedEnding } from './observe-answer.ts';

/** The request of Node's server, over HTTP/1 or HTTP/2: what is used of it. */
export interface NodeRequest {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly complete: boolean;
  once(event: 'end', listener: () => void): unknown;
}

/** A request to a server on Node, as its adapter sees it. */
export interface ServedRequest<E extends Ending> {
  readonly request: NodeRequest;
  readonly response: NodeResponse;

  /** The ending that classifiers are given. */
  readonly ending: () => E;

  /** The error that handlers passed on for this request, if the adapter has seen one. */
  readonly thrown: () => unknown;

  /**
   * The user's classifier.
   *
   * @default undefined: the status decides
   */
  readonly classify?: ((ending: E) => Outcome | Ruling | undefined) | undefined;
}

/**
 * Asks for the permit of a request to a server on Node, and settles it when the answer begins, or when the client leaves
 * before. For adapters whose host cannot be called, because it hands requests on: Express, Koa, Fastify, Nest.
 *
 * A request whose body is still coming in asks for its permit when the body has ended, because a slow client says nothing
 * about the service. A circuit that refuses now refuses it at once.
 *
 * @returns the refusal; `undefined` if the request may go on
 */
export function admitRequest<E extends Ending>(
  breaker: Breaker,
  served: ServedRequest<E>,
): CircuitOpenError | undefined {
  const { request, response } = served;
  let permit: Pick<Permit, 'settle'>;
  try {
    if (bodyIsComing(request)) {
      refuseAtOnce(breaker);
      permit = new LatePermit(breaker, (listener) => request.once('end', listener));
    } else permit = breaker.acquire();
  } catch (error) {
    const open = findCircuitOpen(error);
    if (open) return open;
    throw error;
  }
  observeAnswer(response, (ending) => permit.settle(rulingOn(ending, served, breaker)));
  return undefined;
}

/**
 * Whether a request has a body that has not arrived. Most bodies arrive together with their headers, and Node has read both
 * by its next macrotask, so an adapter that may wait asks again then.
 */
export function bodyIsComing(request: NodeRequest): boolean {
  // Servers that are called without a network have requests that are not `complete`, nor `false`.
  if (request.complete !== false || !hasBody(request)) return false;
  // Over HTTP/2 `complete` says that the body has been read, not that it is here.
  return read(read(read(request, 'stream'), 'state'), 'remoteClose') !== 1;
}

function hasBody(request: NodeRequest): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length !== undefined) return Number(length) !== 0;
  return encoding !== undefined || read(read(request, 'stream'), 'endAfterHeaders') === false;
}

function rulingOn<E extends Ending>(
  ending: ServedEnding,
  served: ServedRequest<E>,
  breaker: Breaker,
): Outcome | Ruling {
  if ('destroyedBy' in ending) return rulingOnDestroyed(ending.destroyedBy);
  const { answer } = ending;
  const byDefault = () => classifyServed(answer, served.thrown(), () => breaker.clock.wall());
  return classifyWith(served.ending(), served.classify, byDefault, breaker);
}

/** A client that leaves says nothing. A handler that cuts the connection off with an error has failed. */
function rulingOnDestroyed(error: unknown): Outcome | Ruling {
  if (error === undefined) return 'ignored';
  return rulingBrought(error) ?? { outcome: 'failure', kind: 'destroyed' };
}
