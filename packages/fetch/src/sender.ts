import type { FetchFunction } from './fetch-function.ts';

/** Sends requests with the function that is to make them. */
export interface Sender {
  /** Whether a request has come back from the very function that it is being sent with, by way of the global `fetch`. */
  returns(request: unknown): boolean;

  /**
   * @param request what the request is known by when it comes back
   */
  send(request: unknown, args: Parameters<FetchFunction>): Promise<Response>;

  /** What was the global `fetch` when ours was made: it does not lead back to us. */
  before(args: Parameters<FetchFunction>): Promise<Response>;
}

/**
 * Finds what makes the requests of a protected fetch: the given function, or the global one of the moment. A program may make
 * ours the global one, and a library may wrap that later: then the global one of the moment leads back to us, and what was
 * there before is taken.
 *
 * @param given undefined for the global one
 * @param ourselves the protected fetch, known once it has been made
 */
export function senderOf(given: FetchFunction | undefined, ourselves: () => unknown): Sender {
  const { fetch: before } = globalThis;
  const isGlobal = () => given === undefined && globalThis.fetch === ourselves();
  let isInstalled = false;
  let sending: unknown;

  // It is made the global one right after it has been made, if at all; a library that wraps it comes later.
  Promise.resolve().then(() => {
    isInstalled ||= isGlobal();
  });

  return {
    returns: (request) => sending !== undefined && request === sending,
    before: (args) => before(...args),
    send(request, args) {
      isInstalled ||= isGlobal();
      const send = given ?? (isInstalled ? before : globalThis.fetch);
      const outer = sending;
      sending = request;
      try {
        return send(...args);
      } finally {
        sending = outer;
      }
    },
  };
}
