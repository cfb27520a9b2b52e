import type { Router } from '@switchgear/core';
import {
  ATTEMPT_COUNT,
  addressAt,
  attemptsOf,
  guardRouted,
  read,
  sendsAttemptCount,
  watchUpload,
} from '@switchgear/core/adapter';
import { givenBody } from './call.ts';
import { type FetchRequest, guardOptionsOf } from './guarded.ts';
import { isOwnMistake } from './outcome.ts';
import type { Sender } from './sender.ts';
import { uploadOf } from './upload.ts';

/** A request to a service of several endpoints. */
export interface RoutedRequest extends FetchRequest {
  readonly route: Router;
  readonly sender: Sender;
}

/** Makes one request, each attempt at the endpoint that the router chooses. */
export function routed({ route, sender, ...request }: RoutedRequest): Promise<Response> {
  const { args, call, options } = request;
  const [input, init] = args as unknown as [input: unknown, init: RequestInit | undefined];
  const upload = uploadOf(args, options.fetch === undefined);
  const isRequest = typeof input === 'object' && input !== null && 'url' in input;
  // A body that can be read once is sent once. That of a `Request` can.
  const isSentOnce =
    (isRequest && read(input, 'body') !== null) || (upload !== undefined && givenBody(init) !== undefined);
  let [url, sent] = [call.url, args];
  const { call: send, ownFault } = watchUpload(
    () => sender.send(`${call.method} ${url}`, sent),
    () => upload,
    (error) => isOwnMistake(error, call, args),
  );
  return guardRouted<Response>(
    route,
    async (to, attempt) => {
      url = addressAt(to, call.url);
      sent = [isRequest ? new Request(url, input as Request) : url, upload?.args[1] ?? init] as never;
      if (sendsAttemptCount(url, attempt, globalThis.location)) sent = counted(sent, attempt);
      return send();
    },
    {
      ...guardOptionsOf(route.service, request),
      ownFault,
      signal: call.signal,
      attempts: attemptsOf(options.attempts, { url: call.url, method: call.method }, !isSentOnce),
      discard: (ending) => 'value' in ending && void ending.value.body?.cancel().catch(() => undefined),
    },
  );
}

/**
 * The same arguments with the number of the attempt in a header, unless the caller has set it. Options that are no plain object,
 * such as a `Request`, cannot be copied and stay as they are.
 */
function counted([input, init]: Parameters<typeof fetch>, attempt: number): Parameters<typeof fetch> {
  if (Object.getPrototypeOf(init ?? {}) !== Object.prototype) return [input, init];
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  if (!headers.has(ATTEMPT_COUNT)) headers.set(ATTEMPT_COUNT, String(attempt));
  return [input, { ...init, headers }];
}
