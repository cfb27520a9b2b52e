import 'reflect-metadata';
import {
  BadGatewayException,
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  HttpException,
  type INestApplication,
  NotFoundException,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CircuitOpenError, createRegistry, isCircuitOpen } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { concat, firstValueFrom, lastValueFrom, NEVER, type Observable, of, throwError } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BREAKERS, BreakerInterceptor, BreakerModule, type BreakerModuleOptions, UseBreaker } from '../src/index.ts';

const refusal = new CircuitOpenError('below', 1_500, { rule: 'trip', at: 0 });

class Handlers {
  handle(): void {}
}

/** A call of a handler that is not one of HTTP. */
function messageContext(): ExecutionContext {
  const context = { getType: () => 'rpc', getClass: () => Handlers, getHandler: () => Handlers.prototype.handle };
  return context as unknown as ExecutionContext;
}

function handling(result: () => Observable<unknown>): CallHandler {
  return { handle: result };
}

function throwing(error: unknown): () => Observable<never> {
  return () => throwError(() => error);
}

describe('a handler of messages', () => {
  it.each<[rule: string, result: () => Observable<unknown>, ruling: string]>([
    ['a value is a success', () => of(1), 'success'],
    ['so is the first of many', () => concat(of(1), NEVER), 'success'],
    [
      'a value counts, whatever comes after',
      () =>
        concat(
          of(1),
          throwError(() => new Error('x')),
        ),
      'success',
    ],
    ['no value is a success', () => of(), 'success'],
    ['an error is a failure', throwing(new Error('x')), 'failure thrown'],
    ['an exception counts by its status: a success', throwing(new NotFoundException()), 'success'],
    ['an exception counts by its status: a failure', throwing(new BadGatewayException()), 'failure 502'],
    ['an exception counts by its status: ignored', throwing(new HttpException('', 429)), 'ignored 429'],
    ['a refusal further down is ignored', throwing(refusal), 'ignored EOPENBREAKER'],
    ['an unanswered call whose subscriber leaves is ignored', () => NEVER, 'ignored'],
  ])('%s', (_rule, result, ruling) => {
    const { breaker, permits, outcomes } = watchBreaker();
    const interceptor = new BreakerInterceptor({ breaker });
    const calls = interceptor.intercept(messageContext(), handling(result));
    expect(permits.issued, 'before anybody subscribes').toBe(0);
    calls.subscribe({ error: () => undefined }).unsubscribe();
    expect(outcomes).toEqual([ruling]);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  });

  it('throws its own error, and the refusal itself', async () => {
    const { breaker } = watchBreaker();
    const interceptor = new BreakerInterceptor({ breaker });
    const error = new Error('the very same');
    const calls = interceptor.intercept(messageContext(), handling(throwing(error)));
    await expect(lastValueFrom(calls)).rejects.toBe(error);
    breaker.trip();
    await expect(lastValueFrom(calls)).rejects.toHaveProperty('code', 'EOPENBREAKER');
  });

  it('is classified by classify, which sees the value, the error and the context', () => {
    const seen: unknown[] = [];
    const { breaker, outcomes } = watchBreaker();
    const classify: BreakerModuleOptions['classify'] = ({ value, thrown, context }) => {
      seen.push([value, (thrown as Error | undefined)?.message, context.getType()]);
      return thrown ? 'ignored' : undefined;
    };
    const interceptor = new BreakerInterceptor({ breaker, classify });
    for (const result of [() => of(1), throwing(new Error('x'))]) {
      interceptor.intercept(messageContext(), handling(result)).subscribe({ error: () => undefined });
    }
    expect([seen, outcomes]).toEqual([
      [
        [1, undefined, 'rpc'],
        [undefined, 'x', 'rpc'],
      ],
      ['success', 'ignored'],
    ]);
  });

  it.each<[rule: string, onOpen: BreakerModuleOptions['onOpen']]>([
    ['a value', () => 'stale'],
    ['a promise', async () => 'stale'],
    ['an observable', () => of('stale')],
  ])('that is refused may be answered by %s', async (_rule, onOpen) => {
    const { breaker } = watchBreaker();
    breaker.trip();
    const interceptor = new BreakerInterceptor({ breaker, onOpen });
    const unreachable = handling(() => expect.unreachable('the handler was reached'));
    expect(await firstValueFrom(interceptor.intercept(messageContext(), unreachable))).toBe('stale');
  });
});

/** An app with these handlers behind a module. */
async function started(
  options: BreakerModuleOptions,
): Promise<{ app: INestApplication; get(path: string): Promise<Response> }> {
  class Routes {
    named(): string {
      return 'ok';
    }
    own(): string {
      return 'ok';
    }
    exempt(): string {
      return 'ok';
    }
    below(): never {
      throw new Error('payment failed', { cause: refusal });
    }
    other(): never {
      throw new NotFoundException('none');
    }
  }
  const prototype = Routes.prototype as unknown as Record<string, unknown>;
  for (const name of ['named', 'own', 'exempt', 'below', 'other']) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
    Get(name)(prototype, name, descriptor);
    if (name === 'named') UseBreaker('reports')(prototype, name, descriptor);
    if (name === 'exempt') UseBreaker(false)(prototype, name, descriptor);
  }
  UseBreaker()(Routes);
  Controller()(Routes);
  const module = { module: class App {}, imports: [BreakerModule.forRoot(options)], controllers: [Routes] };
  const app = await NestFactory.create(module, new ExpressAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  onTestFinished(() => app.close());
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, get: (path) => fetch(`http://127.0.0.1:${port}/${path}`) };
}

describe('the decorator', () => {
  it('names a breaker of the registry, or leaves its name to the handler, or exempts it', async () => {
    const { app, get } = await started({});
    for (const path of ['named', 'own', 'exempt']) expect((await get(path)).status).toBe(200);
    const breakers = app.get(BREAKERS);
    expect([...breakers].map(({ name }: { name: string }) => name).sort()).toEqual(['Routes.own', 'reports']);
    breakers.get('reports').trip(1_500);
    const refused = await get('named');
    expect([refused.status, refused.headers.get('retry-after'), (await get('own')).status]).toEqual([503, '2', 200]);
    expect(await refused.json()).toMatchObject({ status: 503, retryAfter: 2, instance: '/named' });
  });

  it('of the wrong kind is an error that says so', () => {
    expect(() => UseBreaker(5 as never)).toThrow(
      'what @UseBreaker is given must be a name, a breaker, a function or false',
    );
  });
});

describe('the filter of the module', () => {
  it('answers a refusal further down with 503 and Retry-After, and leaves other exceptions to Nest', async () => {
    const { get } = await started({});
    const [below, other] = [await get('below'), await get('other')];
    expect([below.status, below.headers.get('retry-after'), below.headers.get('x-circuit-breaker')]).toEqual([
      503,
      '2',
      'open',
    ]);
    expect([other.status, await other.json()]).toEqual([404, { statusCode: 404, message: 'none', error: 'Not Found' }]);
  });
});

describe('the options', () => {
  it('may come from a factory', async () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    const imports = [BreakerModule.forRootAsync({ useFactory: async () => ({ registry }) })];
    const app = await NestFactory.createApplicationContext({ module: class App {}, imports }, { logger: false });
    onTestFinished(() => app.close());
    expect(app.get(BREAKERS)).toBe(registry);
  });

  it.each<[rule: string, options: unknown, message: string]>([
    ['a misspelt name', { registri: 1 }, "BreakerModule has no option 'registri'"],
    ['a registry that is none', { registry: {} }, 'registry must be a registry, got an object'],
    [
      'a name for a breaker',
      { breaker: 'a' },
      "breaker must be a breaker or a function that picks one for a request, got 'a'",
    ],
    ['an answer that is no function', { onOpen: 'respond' }, "onOpen must be a function, got 'respond'"],
  ])('with %s are an error that says so', (_rule, options, message) => {
    expect(() => BreakerModule.forRoot(options as BreakerModuleOptions)).toThrow(message);
    expect(() => new BreakerInterceptor(options as BreakerModuleOptions)).toThrow(message);
  });
});

it('a refusal of HTTP is found behind its exception', async () => {
  let caught: unknown;
  const { breaker } = watchBreaker();
  breaker.trip();
  const response = { headersSent: false, setHeader: () => undefined };
  const context = Object.assign(messageContext(), {
    getType: () => 'http',
    switchToHttp: () => ({ getRequest: () => ({ headers: {}, url: '/a?b' }), getResponse: () => response }),
  });
  const refused = new BreakerInterceptor({ breaker }).intercept(
    context,
    handling(() => of(1)),
  );
  await lastValueFrom(refused).catch((error: unknown) => {
    caught = error;
  });
  expect([caught instanceof HttpException, isCircuitOpen(caught)]).toEqual([true, true]);
});
