import { serve } from '@hono/node-server';
import type { Breaker } from '@switchgear/core';
import { Hono } from 'hono';
import type { History } from '../history/history.ts';
import { dashboard } from '../web/dashboard.ts';
import type { DashboardOptions } from '../web/options.ts';

/** Options of {@link serveDashboard}. */
export interface ServeOptions extends DashboardOptions {
  /**
   * The port to listen on; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number | undefined;

  /**
   * The address to listen on. On the default only this machine can look, and only under a name of its own.
   *
   * @default '127.0.0.1'
   */
  readonly hostname?: string | undefined;
}

/** A dashboard that is being served. */
export interface ServedDashboard {
  readonly url: string;

  /** Ends the server and all connections to it. */
  close(): Promise<void>;
}

/** Names that mean this machine. Another one that leads here is a page elsewhere that wants to read along. */
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Serves a dashboard on a port of its own, for programs without a Hono app.
 *
 * @throws {Error} (as a rejection) when the port cannot be had
 * @example
 * ```ts
 * const { url } = await serveDashboard(registry, { port: 9_090 });
 * ```
 */
export function serveDashboard(
  breakers: Iterable<Breaker> | History,
  options: ServeOptions = {},
): Promise<ServedDashboard> {
  const { port = 0, hostname = '127.0.0.1' } = options;
  const app = new Hono();
  if (OWN_NAMES.includes(hostname)) {
    app.use(async (c, next) => {
      const { hostname: asked } = new URL(c.req.url);
      return OWN_NAMES.includes(asked) ? next() : c.text('This dashboard is for this machine only.', 421);
    });
  }
  app.route('/', dashboard(breakers, options));
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, (address) => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          // Those who listen to events would keep it up for ever.
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://${hostname}:${address.port}/`, close });
    });
    server.once('error', reject);
  });
}
