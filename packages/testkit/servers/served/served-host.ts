import type { Server } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { Breaker } from '@switchgear/core';

/** How a client behaves: it waits, leaves when a handler is reached, or leaves when the answer has begun. */
export type ClientConduct = 'waits' | 'leaves' | 'leaves in mid-answer';

/** One way in which a request to a server ends. */
export interface ServedEnding {
  /** In words for people. */
  readonly ending: string;

  /** What it counts as: `'failure 503'`. */
  readonly ruling: string;

  /** What the client sees: `'503'`, `'200, cut off'`. */
  readonly sees: string;
  readonly client: ClientConduct;
}

/** An app on a real server. */
export interface ServedApp {
  readonly server: Server | Http2Server;

  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** How an app is to be made. */
export interface ServedAppOptions {
  /** Stands around every route; `undefined` leaves the routes alone. */
  readonly breaker: Breaker | undefined;

  /** To be called by every handler, with the request's header `x-call`: by then its call has gone out. */
  readonly reached: (call: unknown) => void;

  /** To be called by the app's error handling, with the error that it was given. */
  readonly caught?: ((error: unknown) => void) | undefined;

  /** To be thrown by the route `/throws-this`. */
  readonly error?: (() => Error | undefined) | undefined;

  /** Whether to serve HTTP/2, without TLS. */
  readonly http2?: boolean | undefined;
}

/** A host whose routes end as their paths say: see `endings`. */
export interface ServedHost {
  readonly name: string;
  readonly speaksHttp2: boolean;
  start(options: ServedAppOptions): Promise<ServedApp>;

  /**
   * What is otherwise on this host, by path; `undefined` if the host has no such ending.
   *
   * @default every ending is as on other hosts
   */
  readonly differs?: Readonly<Record<string, Partial<ServedEnding> | undefined>>;
}
