import type { FetchFunction } from './call.ts';

/** Sends the requests of a protected fetch. */
export interface Sender {
  /** Whether a request has come back through the global `fetch`, from the function that it is being sent with. */
  returns(request: unknown): boolean;

  /**
   * @param request identifies the request if it comes back
   */
  send(request: unknown, args: Parameters<FetchFunction>): Promise<Response>;

  /** The function that was the global `fetch` when ours was made. It does not lead back to us. */
  before(args: Parameters<FetchFunction>): Promise<Response>;
}

/**
 * Finds the function that makes the requests of a protected fetch: the given one, or the current global one. A program may
 * make ours the global one, and a library may wrap that later: then the current global one leads back to us, and the
 * function that was there before is used.
 *
 * @param given `undefined` for the global one
 * @param ourselves returns the protected fetch, once it has been made
 */
export function senderOf(given: FetchFunction | undefined, ourselves: () => unknown): Sender {
  const { fetch: before } = globalThis;
  const isGlobal = () => given === undefined && globalThis.fetch === ourselves();
  let isInstalled = false;
  let sending: unknown;

  // If ours becomes the global one, it does so right after it has been made; a library that wraps it comes later.
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
