import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { listen } from '../process/listen.ts';
import type { State } from './state.ts';
import { deedOf, type World } from './world.ts';

/** A page with buttons that break what the shops depend on. */
export interface Desk {
  /** Where the page is; it holds the key. */
  readonly url: string;
  readonly origin: string;

  /** The shops are open: there is something to see, and to break. */
  attend(shops: Shops): void;
}

/** What the desk is for. */
export interface Shops {
  readonly world: World;
  readonly state: () => Promise<State>;
  readonly dashboardUrl: string;
}

/** Where the desk is to be. */
export interface DeskPlace {
  /** The path of its address: without it there is nothing to be found. */
  readonly key: string;

  /** 0 takes a free one. */
  readonly port: number;
}

/** How often the page is told how things stand, in milliseconds. */
const BEAT = 500;

const FILES: Readonly<Record<string, string>> = { 'page.css': 'text/css', 'page.js': 'text/javascript' };

/** Opens the desk. Until it attends to somebody it says so. */
export async function openDesk({ key, port }: DeskPlace, cleanup: AsyncDisposableStack): Promise<Desk> {
  let shops: Shops | undefined;
  const api = new Hono();

  api.use(async (context, next) => {
    context.header('Cache-Control', 'no-store');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('X-Content-Type-Options', 'nosniff');
    await next();
  });
  api.get(`/${key}`, async (context) => {
    if (!shops) return context.text('The shops are not open yet.', 503);
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
        await stream.sleep(BEAT);
      }
    }),
  );
  api.post(`/${key}/deeds/:deed`, async (context) => {
    // A page elsewhere that has learnt the address somehow may still not press buttons.
    if (context.req.header('origin') !== `http://${context.req.header('host')}`) {
      return context.text('Buttons are pressed on the page itself: this order comes from another one.', 403);
    }
    const deed = deedOf(context.req.param('deed'));
    if (!deed || !shops) return context.body(null, 404);
    return context.body(null, (await shops.world.make(deed)) ? 204 : 409);
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
    attend(open) {
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
