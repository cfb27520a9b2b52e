import type { Router } from '@switchgear/core';
import { addressAt, attemptsOf, guardRouted, read, watchUpload } from '@switchgear/core/adapter';
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
  // A body that can be read once is sent once. That of a `Request` can.
  const isRepeatable = upload === undefined && (read(input, 'body') ?? undefined) === undefined;
  const isRequest = typeof input === 'object' && input !== null && 'url' in input;
  let [url, sent] = [call.url, args];
  const { call: send, ownFault } = watchUpload(
    () => sender.send(`${call.method} ${url}`, sent),
    () => upload,
    (error) => isOwnMistake(error, call, args),
  );
  return guardRouted<Response>(
    route,
    async (to) => {
      url = addressAt(to, call.url);
      sent = [isRequest ? new Request(url, input as Request) : url, upload?.args[1] ?? init] as never;
      return send();
    },
    {
      ...guardOptionsOf(route.service, request),
      ownFault,
      signal: call.signal,
      attempts: attemptsOf(options.attempts, { url: call.url, method: call.method }, isRepeatable),
      discard: (ending) => 'value' in ending && void ending.value.body?.cancel().catch(() => undefined),
    },
  );
}
