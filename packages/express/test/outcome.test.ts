import { createServer } from 'node:http';
import { watchBreaker } from '@switchgear/testkit';
import { listen, stop } from '@switchgear/testkit/listen';
import express, { type RequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { type CircuitBreakerOptions, circuitBreaker, circuitErrors } from '../src/index.ts';
import { fullBelow, refusedBelow } from './hosts/below.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((each) => each())));

/** The status that a client gets from one route, and what a breaker around it counts. */
async function told(
  handler: RequestHandler,
  { errors = true, ...options }: Partial<CircuitBreakerOptions> & { readonly errors?: boolean } = {},
): Promise<string> {
  const { breaker, permits, outcomes } = watchBreaker();
  const app = express().set('env', 'test');
  app.get('/', circuitBreaker({ breaker, ...options }), handler);
  if (errors) app.use(circuitErrors());
  const server = createServer(app);
  const url = await listen(server);
  stops.push(() => stop(server));
  const { status } = await fetch(url);
  expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  return `${status}: ${outcomes.join()}`;
}

describe('the status that the client gets decides', () => {
  it.each<[rule: string, handler: RequestHandler, told: string]>([
    ['200', (_req, res) => void res.send('ok'), '200: success'],
    ['204', (_req, res) => void res.sendStatus(204), '204: success'],
    ['400', (_req, res) => void res.sendStatus(400), '400: success'],
    ['408', (_req, res) => void res.sendStatus(408), '408: ignored 408'],
    ['500', (_req, res) => void res.sendStatus(500), '500: failure 500'],
    ['505', (_req, res) => void res.sendStatus(505), '505: success'],
    ['599', (_req, res) => void res.status(599).end(), '599: failure 599'],
    [
      'an error with a status',
      (_req, _res, next) => next(Object.assign(new Error(), { status: 504 })),
      '504: failure 504',
    ],
    [
      'an error with a status below 500',
      (_req, _res, next) => next(Object.assign(new Error(), { status: 404 })),
      '404: success',
    ],
    [
      'a head that is sent before the end',
      (_req, res) => {
        res.flushHeaders();
        res.end();
      },
      '200: success',
    ],
    [
      'a head with headers of its own',
      (_req, res) => void res.writeHead(502, { 'retry-after': '7' }).end(),
      '502: failure 502',
    ],
    [
      'an answer that marks a refusal further down',
      (_req, res) => void res.writeHead(503, ['X-Circuit-Breaker', 'open']).end(),
      '503: ignored EOPENBREAKER',
    ],
  ])('%s', async (_rule, handler, expected) => {
    expect(await told(handler)).toBe(expected);
  });
});

describe('an error that excuses the service', () => {
  it.each<[rule: string, thrown: unknown, errors: boolean, told: string]>([
    ['a refusal further down is answered with 503 and ignored', refusedBelow(), true, '503: ignored EOPENBREAKER'],
    ['so is one behind another error', new Error('x', { cause: refusedBelow() }), true, '503: ignored EOPENBREAKER'],
    ['a full bulkhead is ignored', fullBelow(), true, '500: ignored bulkhead'],
    ['any other error is not excused', new Error('x'), true, '500: failure 500'],
    ['without circuitErrors only the status is known', refusedBelow(), false, '500: failure 500'],
  ])('%s', async (_rule, thrown, errors, expected) => {
    expect(await told((_req, _res, next) => next(thrown), { errors })).toBe(expected);
  });
});

describe('a classifier', () => {
  it('sees the response and the error, and keeps the ruling with undefined', async () => {
    const classify: CircuitBreakerOptions['classify'] = ({ value, thrown }) =>
      value.getHeader('x-quota') || (thrown as Error | undefined)?.message === 'quota' ? 'ignored' : undefined;
    const quota: RequestHandler = (_req, _res, next) => next(new Error('quota'));
    const marked: RequestHandler = (_req, res) => void res.set('x-quota', '0').sendStatus(500);
    expect(await told(quota, { classify })).toBe('500: ignored');
    expect(await told(marked, { classify })).toBe('500: ignored');
    expect(await told((_req, _res, next) => next(new Error('other')), { classify })).toBe('500: failure 500');
  });

  it('that throws changes neither the answer nor the default ruling', async () => {
    const classify = () => {
      throw new Error('a mistake');
    };
    expect(await told((_req, res) => void res.send('ok'), { classify })).toBe('200: success');
  });
});

describe('the wait that the service asks for', () => {
  it('is how long the circuit stays open at least, wherever the header was set', async () => {
    for (const handler of [
      (_req, res) => void res.writeHead(503, { 'Retry-After': 60 }).end(),
      (_req, res) => void res.set('retry-after', '60').sendStatus(503),
    ] satisfies RequestHandler[]) {
      const openFor = ({ retryAfter = 0 }: { retryAfter?: number | undefined }) => Math.max(1_000, retryAfter);
      const { breaker } = watchBreaker({
        openWhen: (await import('@switchgear/core')).consecutiveFailures(1),
        openFor,
      });
      const app = express();
      app.get('/', circuitBreaker({ breaker }), handler);
      const server = createServer(app);
      stops.push(() => stop(server));
      await fetch(await listen(server));
      expect(breaker.retryAfter).toBe(60_000);
    }
  });
});
