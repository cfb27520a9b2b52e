import { serve } from '@hono/node-server';
import type { Breaker } from '@switchgear/core';
import { invalid } from '@switchgear/core/adapter';
import { Hono, type MiddlewareHandler } from 'hono';
import { requireStrings } from '../check/require.ts';
import type { History } from '../history/history.ts';
import { dashboard } from '../web/dashboard.ts';
import type { DashboardOptions } from '../web/options.ts';
import { hostOf, isLoopback, isUnspecified } from './hosts.ts';

/** Options of {@link serveDashboard}. */
export interface ServeOptions extends DashboardOptions {
  /**
   * The port to listen on; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number | undefined;

  /**
   * The address to listen on: a name, IPv4, or IPv6 with or without brackets. On one of this machine alone (`localhost`,
   * `127.0.0.0/8`, `::1`) only this machine can look, and only under such a name or one of `hosts`.
   *
   * @default '127.0.0.1'
   */
  readonly hostname?: string | undefined;

  /**
   * Names, without a port, under which requests may ask for the dashboard, besides those of this machine and `hostname`:
   * `['ops.example']`, for a proxy that passes the host on, or a container. Requests for any other name are refused.
   *
   * @default undefined: on an address of this machine no other names, on another address any name
   */
  readonly hosts?: readonly string[] | undefined;
}

/** A dashboard that is being served. */
export interface ServedDashboard {
  readonly url: string;

  /** Ends the server and all connections to it. */
  close(): Promise<void>;
}

/**
 * Serves a dashboard on a port of its own, for programs without a Hono app.
 *
 * @throws {Error} (as a rejection) when the port cannot be had, and for an option out of range
 * @example
 * ```ts
 * const { url } = await serveDashboard(registry, { port: 9_090 });
 * ```
 */
export async function serveDashboard(
  breakers: Iterable<Breaker> | History,
  options: ServeOptions = {},
): Promise<ServedDashboard> {
  const { port = 0, hostname = '127.0.0.1', hosts, ...rest } = options;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) invalid('port', 'a whole number from 0 to 65535', port);
  const host = requireHost('hostname', hostname);
  const app = new Hono();
  const names = namesFor(host, hosts);
  if (names) app.use(guardOf(names));
  app.route('/', dashboard(breakers, rest));
  return listen(app, port, hostname, host);
}

function listen({ fetch }: Hono, port: number, hostname: string, host: string): Promise<ServedDashboard> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: addressOf(hostname, host) }, (address) => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          // Those who listen to events would keep it up for ever.
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://${isUnspecified(host) ? 'localhost' : host}:${address.port}/`, close });
    });
    server.once('error', reject);
    server.prependListener('request', writeHostAsUrlsDo);
  });
}

/** The server refuses hosts that URLs write otherwise, before anything of ours is asked: `[::ffff:127.0.0.1]` as curl sends it. */
function writeHostAsUrlsDo({ headers }: { readonly headers: Record<string, unknown> }): void {
  const { host: given } = headers;
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d{1,5})?$/.exec(typeof given === 'string' ? given : '') ?? [];
  const host = hostOf(name);
  if (host !== undefined) headers['host'] = `${host}${port}`;
}

/** The address for Node: IPv6 without brackets, with its zone; names below `localhost` are not looked up. */
function addressOf(hostname: string, host: string): string {
  if (host.startsWith('[')) return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return host.endsWith('.localhost') ? 'localhost' : host;
}

/** The names that requests may ask for, or `undefined` for any. A page elsewhere whose own name leads here wants to read along. */
function namesFor(host: string, hosts: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (hosts === undefined) return isLoopback(host) ? new Set([host]) : undefined;
  requireStrings('hosts', hosts);
  return new Set([host, ...hosts.map((each, index) => requireHost(`hosts[${index}]`, each))]);
}

function guardOf(names: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const { hostname } = new URL(c.req.url);
    const asked = hostOf(hostname) ?? hostname;
    if (isLoopback(asked) || names.has(asked)) return next();
    return c.text(
      `This dashboard does not accept requests for the host ${asked}. Add it to the option hosts to allow it.`,
      421,
    );
  };
}

function requireHost(option: string, value: unknown): string {
  const host = typeof value === 'string' ? hostOf(value) : undefined;
  return host ?? invalid(option, "a host without a port: 'ops.example', '::1'", value);
}
