import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { listen, stop } from '@switchgear/testkit/listen';
import type { ServedAppOptions, ServedHost } from '@switchgear/testkit/served';
import express, { type RequestHandler } from 'express';
import { circuitBreaker, circuitErrors } from '../../src/index.ts';
import { fullBelow, refusedBelow } from './below.ts';

/** The routes of the suite, as they are written in Express. */
function routes({ error }: ServedAppOptions): Readonly<Record<string, RequestHandler>> {
  return {
    '/answers': (_req, res) => void res.send('ok'),
    '/missing': (_req, res) => void res.sendStatus(404),
    '/moved': (_req, res) => res.redirect('/answers'),
    '/unavailable': (_req, res) => void res.status(503).json({ sorry: true }),
    '/unsupported': (_req, res) => void res.sendStatus(501),
    '/limited': (_req, res) => void res.sendStatus(429),
    '/throws': () => {
      throw new Error('thrown');
    },
    '/rejects': async () => {
      await new Promise(setImmediate);
      throw new Error('rejected');
    },
    '/throws-404': (_req, _res, next) => next(Object.assign(new Error('none'), { status: 404 })),
    '/throws-this': () => {
      throw error?.();
    },
    '/refused-below': (_req, _res, next) => next(new Error('payment failed', { cause: refusedBelow() })),
    '/full': () => {
      throw fullBelow();
    },
    '/reads': async (req, res) => {
      res.send(String((await text(req)).length));
    },
    '/streams': (_req, res) => void Readable.from(['a', 'b']).pipe(res),
    '/breaks-off': (_req, res) => void res.write('a', () => res.destroy(new Error('cut'))),
    '/takes-over': (_req, res) => void res.writeHead(200, { 'content-type': 'text/plain' }).end('raw'),
    '/takes-socket': (_req, res) => void res.socket?.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nraw'),
    '/destroys': (_req, res) => void res.destroy(),
    '/destroys-with-error': (_req, res) => void res.destroy(new Error('the upstream broke off')),
    '/left': () => undefined,
    '/left-failing': (_req, res, next) => void once(res, 'close').then(() => next(new Error('nobody is there'))),
    '/left-streaming': (_req, res) => void res.write('a'),
  };
}

/** Express 4 does not catch what an async handler rejects with: nobody answers, and Node reports an unhandled rejection. */
const isExpress5 = !('query' in express);

/** Express, in the version that the project has. */
export const expressHost: ServedHost = {
  name: isExpress5 ? 'Express 5' : 'Express 4',
  // Express makes its own request and response of those of HTTP/1.
  speaksHttp2: false,
  differs: isExpress5 ? {} : { '/rejects': undefined },
  async start(options) {
    const { breaker, reached, caught } = options;
    const app = express();
    // Then Express prints no errors.
    app.set('env', 'test');
    if (breaker) app.use(circuitBreaker({ breaker }));
    for (const [path, handler] of Object.entries(routes(options))) {
      app.all(path, (req, res, next) => {
        reached(req.headers['x-call']);
        return handler(req, res, next);
      });
    }
    app.use(circuitErrors());
    app.use(((error, _req, _res, next) => {
      caught?.(error);
      next(error);
    }) as express.ErrorRequestHandler);
    const server = createServer(app);
    return { server, url: await listen(server), close: () => stop(server) };
  },
};
