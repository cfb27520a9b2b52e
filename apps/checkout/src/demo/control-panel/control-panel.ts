import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { listen } from '../../process/listen.ts';
import { actionOf, type Dependencies, type PanelState } from './dependencies.ts';

/** A page with buttons that break and repair the dependencies of both shops. */
export interface ControlPanel {
  /** The address of the page, including the key. */
  readonly url: string;
  readonly origin: string;

  /** Connects the page to the shops once they are open. */
  connect(shops: Shops): void;
}

/** What the control panel shows and acts on. */
export interface Shops {
  readonly dependencies: Dependencies;
  readonly state: () => Promise<PanelState>;
  readonly dashboardUrl: string;
}

/** Where the control panel is served. */
export interface ControlPanelOptions {
  /** The secret path of its address; any other path is a 404. */
  readonly key: string;

  /** The port; 0 takes a free one. */
  readonly port: number;
}

/** How often the state is read and sent to the page, in milliseconds. */
const POLL_MS = 500;

const FILES: Readonly<Record<string, string>> = { 'page.css': 'text/css', 'page.js': 'text/javascript' };

/** Serves the control panel. It answers 503 until it is connected to the shops. */
export async function openControlPanel(
  { key, port }: ControlPanelOptions,
  cleanup: AsyncDisposableStack,
): Promise<ControlPanel> {
  let shops: Shops | undefined;
  const api = new Hono();

  api.use(async (context, next) => {
    context.header('Cache-Control', 'no-store');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('X-Content-Type-Options', 'nosniff');
    await next();
  });
  api.get(`/${key}`, async (context) => {
    if (!shops) return context.text('The shops are still starting.', 503);
    context.header('Content-Security-Policy', policyFor(new URL(shops.dashboardUrl).origin));
    const html = await readPart('page.html');
    return context.html(html.replaceAll('{{key}}', key).replaceAll('{{dashboard}}', shops.dashboardUrl));
  });
  for (const [name, type] of Object.entries(FILES)) {
    api.get(`/${key}/${name}`, async (context) => context.body(await readPart(name), 200, { 'Content-Type': type }));
  }
  api.get(`/${key}/state`, (context) =>
    streamSSE(context, async (stream) => {
      while (!stream.aborted && !stream.closed) {
        if (shops) await stream.writeSSE({ data: JSON.stringify(await shops.state()) });
        await stream.sleep(POLL_MS);
      }
    }),
  );
  api.post(`/${key}/actions/:action`, async (context) => {
    // A foreign page that has learnt the address still must not trigger actions.
    if (context.req.header('origin') !== `http://${context.req.header('host')}`) {
      return context.text(
        'Actions are only accepted from the control panel itself; this request has another origin.',
        403,
      );
    }
    const action = actionOf(context.req.param('action'));
    if (!action || !shops) return context.body(null, 404);
    return context.body(null, (await shops.dependencies.apply(action)) ? 204 : 409);
  });

  const server = createAdaptorServer({ fetch: api.fetch }) as Server;
  cleanup.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = await listen(server, port);
  return {
    url: `${origin}/${key}`,
    origin,
    connect(open) {
      shops = open;
    },
  };
}

function policyFor(dashboard: string): string {
  const own = ["script-src 'self'", "style-src 'self'", "connect-src 'self'", 'img-src data:'];
  const none = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  return ["default-src 'none'", ...own, `frame-src ${dashboard}`, ...none].join('; ');
}

function readPart(name: string): Promise<string> {
  return readFile(new URL(`./page/${name}`, import.meta.url), 'utf8');
}
