import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { ServedAppOptions, ServedHost } from '@switchgear/testkit/served';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { CircuitOpenError, circuitBreakers, circuitErrors } from '../../src/index.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** What a client in a handler throws while its own circuit is open. */
const refusedBelow = () => new CircuitOpenError('below', 1_500, { rule: 'trip', at: 0 });

/** The routes of the suite, as they are written in Fastify. */
function routes({ error }: ServedAppOptions): Readonly<Record<string, Handler>> {
  const answers =
    (status: number): Handler =>
    (_request, reply) =>
      reply.code(status).send({ sorry: true });
  /** The handler takes the response over. */
  const raw =
    (act: (reply: FastifyReply) => unknown): Handler =>
    (_request, reply) => {
      reply.hijack();
      act(reply);
    };
  return {
    '/answers': async () => ({ ok: true }),
    '/missing': answers(404),
    '/moved': (_request, reply) => reply.redirect('/answers'),
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
    '/throws-404': async () => {
      throw Object.assign(new Error('none'), { statusCode: 404 });
    },
    '/throws-this': async () => {
      throw error?.();
    },
    '/refused-below': async () => {
      throw new Error('payment failed', { cause: refusedBelow() });
    },
    '/full': async () => {
      throw Object.assign(new Error('full'), { '@switchgear/ruling': { outcome: 'ignored', kind: 'bulkhead' } });
    },
    '/reads': async ({ body }) => String(String(body).length),
    '/streams': (_request, reply) => reply.send(Readable.from(['a', 'b'])),
    '/breaks-off': raw(({ raw }) => raw.write('a', () => raw.destroy(new Error('cut')))),
    '/takes-over': raw(({ raw }) => raw.writeHead(200, { 'content-type': 'text/plain' }).end('raw')),
    '/takes-socket': raw(({ raw }) => raw.socket?.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nraw')),
    '/destroys': raw(({ raw }) => raw.destroy()),
    '/destroys-with-error': raw(({ raw }) => raw.destroy(new Error('the upstream broke off'))),
    '/left': (_request, reply) => once(reply.raw, 'close'),
    '/left-failing': async (_request, reply) => {
      await once(reply.raw, 'close');
      throw new Error('nobody is there');
    },
    '/left-streaming': raw(({ raw }) => raw.write('a')),
  };
}

/** Fastify, in the version that the project has. */
export const fastifyHost: ServedHost = {
  name: 'Fastify',
  speaksHttp2: true,
  async start(options) {
    const { breaker, reached, caught, http2 } = options;
    const app = Fastify({ forceCloseConnections: true, ...(http2 && { http2: true as never }) });
    await app.register(circuitBreakers, { breaker });
    app.setErrorHandler(circuitErrors());
    app.addHook('onError', async (_request, _reply, error) => caught?.(error));
    for (const [url, handler] of Object.entries(routes(options))) {
      app.all(url, (request, reply) => {
        reached(request.headers['x-call']);
        return handler(request, reply);
      });
    }
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    return { server: app.server, url, close: () => app.close() };
  },
};
