import type { Permit } from '@switchgear/core';
import { branchesOf, readText, type SettleGuarded } from '@switchgear/core/adapter';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { rulingOfAbort } from './outcome.ts';

/**
 * Puts the settlement off until the response's body has ended. A reader that stops early says nothing against the response,
 * unless the caller aborted.
 *
 * @returns whether there is such a body; if not, nothing has been done
 */
export function settleWithBody(
  value: AxiosResponse,
  config: InternalAxiosRequestConfig,
  permit: Pick<Permit, 'settle'>,
  settle: SettleGuarded<AxiosResponse>,
): boolean {
  try {
    const body = observedBody(Object(value).data, (end) => {
      const left = end === 'left' ? rulingOfAbort(config, [config.cancelToken?.reason]) : undefined;
      if (left) permit.settle(left);
      else settle(typeof end === 'object' ? end : { value });
    });
    if (body !== undefined) value.data = body;
    return body !== undefined;
  } catch {
    // The body cannot be observed: other code is reading it, or the response of a custom adapter is frozen.
    return false;
  }
}

/** How a streamed body ended: read to its end, left early by its reader, or broken off. */
type BodyEnd = 'whole' | 'left' | { readonly error: unknown };

/** The part of Node's streams that we use. */
interface NodeStream {
  readonly closed: boolean;
  readonly readableEnded: boolean;
  readonly errored: unknown;
  readonly req?: { readonly aborted?: boolean };
  once(event: 'close', listener: () => void): unknown;
}

/**
 * The codes of a connection or a decompression that breaks. Any other error on a Node stream was put there by its reader:
 * `pipeline` passes an error of its last stream up to the first.
 */
const FROM_BELOW = /^(ECONN|ETIMEDOUT$|Z_|ZSTD_|ERR_BROTLI_|ERR__|ERR_HTTP2_|HPE_|UND_ERR_|ERR_BAD_RESPONSE$)/;

/**
 * Calls `ended` once, when the body ends, and returns the body to hand out in its place: for a Node stream the very same
 * one. Returns `undefined`, and never calls `ended`, if the body is not a stream or has ended already.
 */
function observedBody(body: unknown, ended: (how: BodyEnd) => void): unknown {
  if (typeof ReadableStream === 'function' && body instanceof ReadableStream) return observedWebStream(body, ended);
  const stream = Object(body) as Partial<NodeStream>;
  if (typeof stream.once !== 'function' || stream.readableEnded !== false || stream.closed === true) return undefined;
  observeNodeStream(stream as NodeStream, ended);
  return body;
}

/** Listens for 'close' only. A listener for 'error' would keep an unhandled error from ending the process. */
function observeNodeStream(stream: NodeStream, ended: (how: BodyEnd) => void): void {
  stream.once('close', () => {
    const { errored: error, readableEnded, req } = stream;
    if (readableEnded) return ended('whole');
    // When the stream it is piped into breaks, `pipeline` aborts the request, and the error looks like any other reset.
    const fromBelow = (link: unknown) => FROM_BELOW.test(readText(link, 'code') ?? '');
    const hasBroken = req?.aborted !== true && branchesOf(error).some((branch) => branch.some(fromBelow));
    ended(hasBroken ? { error } : 'left');
  });
}

/** Only the reader of a web stream learns how it ends, so we read it: one chunk each time one is wanted, none ahead. */
function observedWebStream(body: ReadableStream, ended: (how: BodyEnd) => void): ReadableStream {
  const reader = body.getReader();
  const source: UnderlyingDefaultSource = {
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        ended('whole');
        controller.close();
      } catch (error) {
        ended({ error });
        throw error;
      }
    },
    cancel(reason) {
      ended('left');
      return reader.cancel(reason);
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
