import { read, readText } from '../foreign/branches.ts';
import { replaceMethods } from './replace-methods.ts';

/** The response of Node's server, over HTTP/1 or HTTP/2: what is used of it. */
export interface NodeResponse {
  readonly statusCode: number;
  readonly headersSent: boolean;
  getHeader(name: string): unknown;
  on(event: 'close', listener: () => void): unknown;
  removeListener(event: 'close', listener: () => void): unknown;
}

/** How a server answered: its status, and a header by its name in lower case. */
export interface ServedAnswer {
  readonly status: number;
  header(name: string): unknown;
}

/** How a request ended: with an answer, or without one, and then perhaps with the error that a handler destroyed it with. */
export type ServedEnding = { readonly answer: ServedAnswer } | { readonly destroyedBy: unknown };

/** Whether there is nothing left to observe: the answer has begun, or its connection is gone. */
export function isOver(response: NodeResponse): boolean {
  return response.headersSent || read(response, 'writableEnded') === true || isCut(response);
}

/** Whether nothing reaches the client any more. Over HTTP/2 the stream of the response knows. */
function isCut(response: NodeResponse): boolean {
  return read(response, 'destroyed') === true || read(read(response, 'stream'), 'destroyed') === true;
}

/**
 * Observes how a request to a server on Node ends: when its answer begins, or when its connection closes before. Whatever
 * writes the answer (handlers, error handlers, streams, code that took over the response) sends the head through `writeHead`.
 *
 * @param ended called once; then the response is left as it was found
 */
export function observeAnswer(response: NodeResponse, ended: (ending: ServedEnding) => void): void {
  let isTooLate = false;
  const leave = (): void => {
    head.eject();
    response.removeListener('close', closed);
  };
  const head = replaceMethods(response, {
    writeHead: (original) =>
      function writeHead(this: unknown, ...args) {
        const result = original().apply(this, args);
        // Hosts go on to answer what a handler has cut off.
        isTooLate = isCut(response);
        if (isTooLate) return result;
        leave();
        ended({ answer: answerOf(response, args.at(-1)) });
        return result;
      },
  });
  const closed = (): void => {
    leave();
    const isAnswered = response.headersSent && !isTooLate;
    ended(isAnswered ? { answer: answerOf(response, undefined) } : { destroyedBy: destroyerOf(response) });
  };
  response.on('close', closed);
}

/** @param given the last argument of `writeHead`: headers that are given there, `getHeader` may not know */
function answerOf(response: NodeResponse, given: unknown): ServedAnswer {
  return {
    status: response.statusCode,
    header: (name) => headerGiven(given, name) ?? response.getHeader(name),
  };
}

/** A header in one of the three forms of `writeHead`: an object, a list of pairs, or names and values in turn. */
function headerGiven(given: unknown, name: string): unknown {
  if (Object(given) !== given) return undefined;
  const flat: unknown[] = Array.isArray(given) ? given.flat() : Object.entries(given as object).flat();
  const at = flat.findIndex((each, index) => index % 2 === 0 && String(each).toLowerCase() === name);
  return at < 0 ? undefined : flat[at + 1];
}

/** Codes of the errors that the connection of HTTP/2 destroys its streams with. */
const FROM_CLIENT = /^(ERR_HTTP2_|ECONNRESET|EPIPE)/;

/**
 * The error with which this side destroyed the response; `undefined` if the client left. Over HTTP/1 that error reaches the
 * connection only if the client has not left before. Over HTTP/2 the errors of a client have codes of their own.
 */
function destroyerOf(response: NodeResponse): unknown {
  const stream = read(response, 'stream');
  const error = read(stream ?? response, 'errored') ?? undefined;
  if (stream) return FROM_CLIENT.test(readText(error, 'code') ?? '') ? undefined : error;
  return read(read(response, 'socket') ?? read(read(response, 'req'), 'socket'), 'errored') === error
    ? error
    : undefined;
}
