import type { ServerResponse } from 'node:http';
import type { Breaker } from '@switchgear/core';
import { http1Client, http2Client, type ServedClient } from './clients.ts';
import type { ClientConduct, ServedApp, ServedAppOptions, ServedHost } from './served-host.ts';

/** A running app, and what is seen of it. */
export interface ObservedApp {
  readonly app: ServedApp;

  /** Calls that went out: requests that reached a handler. */
  readonly calls: number;

  /** The responses of all requests so far, by path. */
  readonly responses: readonly { readonly path: string; readonly response: ServerResponse }[];

  /** Makes a request. @returns what the client sees */
  get(path: string, conduct?: ClientConduct): Promise<string>;
  close(): Promise<void>;
}

/** Starts an app of a host, with a client for it. */
export async function observeApp(
  host: ServedHost,
  breaker: Breaker | undefined,
  options: Pick<ServedAppOptions, 'caught' | 'error' | 'http2'> = {},
): Promise<ObservedApp> {
  const waiting = new Map<unknown, () => void>();
  const responses: { readonly path: string; readonly response: ServerResponse }[] = [];
  let calls = 0;
  let asked = 0;
  const app = await host.start({
    ...options,
    breaker,
    reached: (call) => {
      calls += 1;
      waiting.get(call)?.();
      waiting.delete(call);
    },
  });
  app.server.on('request', (request: { url: string }, response: ServerResponse) => {
    responses.push({ path: request.url, response });
  });
  const client: ServedClient = options.http2 ? http2Client(app.url) : http1Client(app.url);
  return {
    app,
    get calls() {
      return calls;
    },
    responses,
    get(path, conduct = 'waits') {
      asked += 1;
      const call = String(asked);
      const reached = new Promise<void>((resolve) => waiting.set(call, resolve));
      return client.get({ path, conduct, call, reached });
    },
    async close() {
      client.close();
      await app.close();
    },
  };
}
