import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { listen, stop } from '@switchgear/testkit/listen';
import type { ServedAppOptions, ServedHost } from '@switchgear/testkit/served';
import Koa, { type Context } from 'koa';
import { circuitBreaker, circuitErrors } from '../../src/koa/index.ts';
import { fullBelow, refusedBelow } from './below.ts';

type Handler = (ctx: Context) => unknown;

/** The routes of the suite, as they are written in Koa. */
function routes({ error }: ServedAppOptions): Readonly<Record<string, Handler>> {
  const answers =
    (status: number): Handler =>
    (ctx) => {
      ctx.status = status;
      ctx.body = 'ok';
    };
  /** The handler takes the response over. */
  const raw =
    (act: Handler): Handler =>
    (ctx) => {
      ctx.respond = false;
      ctx.status = 200;
      return act(ctx);
    };
  return {
    '/answers': answers(200),
    '/missing': () => undefined,
    '/moved': (ctx) => ctx.redirect('/answers'),
    '/unavailable': answers(503),
    '/unsupported': answers(501),
    '/limited': answers(429),
    '/throws': () => {
      throw new Error('thrown');
    },
    '/rejects': async () => {
      await new Promise(setImmediate);
      throw new Error('rejected');
    },
    '/throws-404': (ctx) => ctx.throw(404),
    '/throws-this': () => {
      throw error?.();
    },
    '/refused-below': () => {
      throw new Error('payment failed', { cause: refusedBelow() });
    },
    '/full': () => {
      throw fullBelow();
    },
    '/reads': async (ctx) => {
      ctx.body = String((await text(ctx.req)).length);
    },
    '/streams': (ctx) => {
      ctx.body = Readable.from(['a', 'b']);
    },
    '/breaks-off': raw((ctx) => ctx.res.write('a', () => ctx.res.destroy(new Error('cut')))),
    '/takes-over': raw((ctx) => ctx.res.writeHead(200, { 'content-type': 'text/plain' }).end('raw')),
    '/takes-socket': raw((ctx) => ctx.req.socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nraw')),
    '/destroys': (ctx) => void ctx.res.destroy(),
    '/destroys-with-error': (ctx) => void ctx.res.destroy(new Error('the upstream broke off')),
    '/left': (ctx) => once(ctx.res, 'close'),
    '/left-failing': async (ctx) => {
      await once(ctx.res, 'close');
      throw new Error('nobody is there');
    },
    '/left-streaming': raw((ctx) => ctx.res.write('a')),
  };
}

/** Koa, in the version that the project has. */
export const koaHost: ServedHost = {
  name: 'Koa',
  speaksHttp2: true,
  async start(options) {
    const { breaker, reached, caught, http2 } = options;
    const app = new Koa();
    app.on('error', (error: unknown) => caught?.(error));
    app.use(circuitErrors());
    if (breaker) app.use(circuitBreaker({ breaker }));
    const handlers = routes(options);
    app.use(async (ctx) => {
      reached(ctx.get('x-call'));
      await handlers[ctx.path]?.(ctx);
    });
    if (http2) return startHttp2(createHttp2Server(app.callback()));
    const server = createServer(app.callback());
    return { server, url: await listen(server), close: () => stop(server) };
  },
};

async function startHttp2(server: Http2Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url, close: async () => void server.close() };
}
