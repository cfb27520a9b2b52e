import 'reflect-metadata';
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import {
  All,
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  HttpException,
  type INestApplication,
  NotFoundException,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CircuitOpenError } from '@switchgear/core';
import type { ServedAppOptions, ServedHost } from '@switchgear/testkit/served';
import { BreakerModule, CircuitOpenFilter } from '../../src/index.ts';

/** What a handler is given: Node's own response, and the platform's request. */
interface Given {
  readonly body: unknown;
  readonly response: ServerResponse;
  /** Takes the response over, as Nest's library-specific mode does. */
  readonly raw: () => ServerResponse;
  readonly status: (code: number) => void;
}

const refusedBelow = () => new CircuitOpenError('below', 1_500, { rule: 'trip', at: 0 });
const fullBelow = () =>
  Object.assign(new Error('full'), { '@switchgear/ruling': { outcome: 'ignored', kind: 'bulkhead' } });

/** Never answers: the handler's promise hangs. */
const forever = () => new Promise<never>(() => undefined);

/** The routes of the suite, as they are written in Nest. */
function routes({ error }: ServedAppOptions): Readonly<Record<string, (given: Given) => unknown>> {
  const answers = (code: number) => (given: Given) => {
    given.status(code);
    return 'ok';
  };
  const raw = (act: (response: ServerResponse) => unknown) => (given: Given) => {
    act(given.raw());
    return forever();
  };
  return {
    '/answers': () => ({ ok: true }),
    '/missing': () => {
      throw new NotFoundException();
    },
    '/moved': ({ status, response }) => {
      response.setHeader('location', '/answers');
      status(302);
    },
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
    '/throws-404': () => {
      throw new HttpException('none', 404);
    },
    '/throws-this': () => {
      throw error?.();
    },
    '/refused-below': async () => {
      throw new Error('payment failed', { cause: refusedBelow() });
    },
    '/full': async () => {
      throw fullBelow();
    },
    '/reads': ({ body }) => String(String(body).length),
    '/streams': () => new StreamableFile(Readable.from([Buffer.from('a'), Buffer.from('b')])),
    '/breaks-off': raw((response) => response.write('a', () => response.destroy(new Error('cut')))),
    '/takes-over': raw((response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('raw')),
    '/takes-socket': raw((response) => response.socket?.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nraw')),
    '/destroys': raw((response) => response.destroy()),
    '/destroys-with-error': raw((response) => response.destroy(new Error('the upstream broke off'))),
    '/left': forever,
    '/left-failing': async ({ response }) => {
      await once(response, 'close');
      throw new Error('nobody is there');
    },
    '/left-streaming': raw((response) => response.write('a')),
  };
}

/** A controller with a handler for each route. Decorators are called by hand, because the paths are data. */
function controllerOf(options: ServedAppOptions): new () => object {
  class Routes {}
  Object.entries(routes(options)).forEach(([path, act], index) => {
    const name = `route${index}`;
    const handler = (request: Record<string, unknown>, reply: Record<string, unknown>) => {
      options.reached((request['headers'] as Record<string, unknown>)['x-call']);
      const response = (reply['raw'] ?? reply) as ServerResponse;
      return act({
        body: request['body'],
        response,
        raw: () => {
          (reply['hijack'] as (() => void) | undefined)?.call(reply);
          return response;
        },
        status: (code) => void (reply['status'] as (code: number) => void).call(reply, code),
      });
    };
    Object.defineProperty(Routes.prototype, name, { value: handler, configurable: true, writable: true });
    Req()(Routes.prototype, name, 0);
    Res({ passthrough: true })(Routes.prototype, name, 1);
    All(path)(Routes.prototype, name, Object.getOwnPropertyDescriptor(Routes.prototype, name) as PropertyDescriptor);
  });
  Controller()(Routes);
  return Routes;
}

function hostOn(
  name: string,
  speaksHttp2: boolean,
  adapter: (http2: boolean) => ExpressAdapter | FastifyAdapter,
): ServedHost {
  return {
    name: `Nest on ${name}`,
    speaksHttp2,
    async start(options) {
      const { breaker, caught, http2 = false } = options;
      const imports = breaker ? [BreakerModule.forRoot({ breaker })] : [];
      const module = { module: class App {}, imports, controllers: [controllerOf(options)] };
      const app: INestApplication = await NestFactory.create(module, adapter(http2) as never, {
        logger: false,
        forceCloseConnections: true,
      });
      // Express parses no plain text by itself.
      if (name === 'Express') (app as NestExpressApplication).useBodyParser('text');
      if (caught) app.useGlobalFilters(witness(app, caught));
      await app.listen(0, '127.0.0.1');
      const server = app.getHttpServer() as Server;
      const { port } = server.address() as { port: number };
      return { server, url: `http://127.0.0.1:${port}`, close: () => app.close() };
    },
  };
}

/** A filter that notes what it catches and answers as Nest does. */
function witness(app: INestApplication, caught: (error: unknown) => void): ExceptionFilter {
  class Witness extends CircuitOpenFilter {
    override catch(exception: unknown, host: ArgumentsHost): unknown {
      caught(exception);
      return Object.getPrototypeOf(CircuitOpenFilter.prototype).catch.call(this, exception, host);
    }
  }
  const filter = new Witness(app.getHttpAdapter() as never);
  Catch()(Witness);
  return filter as ExceptionFilter;
}

/** Nest on Express, which itself serves no HTTP/2. */
export const nestOnExpress: ServedHost = hostOn('Express', false, () => new ExpressAdapter());

/** Nest on Fastify. */
export const nestOnFastify: ServedHost = hostOn(
  'Fastify',
  true,
  (http2) => new FastifyAdapter(http2 ? { http2: true as never } : {}),
);
