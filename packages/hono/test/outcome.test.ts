import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { CircuitOpenError } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CircuitBreakerOptions, circuitBreaker } from '../src/index.ts';
import { serve } from './serve.ts';

// Hono prints the errors that it answers with 500.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

const refusal = new CircuitOpenError('below', 1, { rule: 'trip', at: 0 });

/** The status that the client gets, and the outcomes that a breaker around the route counts. */
async function told(
  handler: (c: Context) => Response | Promise<Response>,
  options: Partial<CircuitBreakerOptions> & { onError?: (error: Error, c: Context) => Response } = {},
): Promise<string> {
  const { onError, ...rest } = options;
  const { breaker, permits, outcomes } = watchBreaker();
  const app = new Hono();
  app.get('/', circuitBreaker({ breaker, ...rest }), handler);
  if (onError) app.onError(onError);
  const status = await Promise.resolve(app.request('/')).then(
    (response) => response.status,
    () => 'rejected',
  );
  expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  return `${status}: ${outcomes.join()}`;
}

function throwing(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

describe('the status that the client gets decides', () => {
  it.each<[rule: string, handler: (c: Context) => Response, told: string]>([
    ['an answer is a success', (c) => c.text('ok'), '200: success'],
    ['so is a 404', (c) => c.text('', 404), '404: success'],
    ['so is a redirect', (c) => c.redirect('/'), '302: success'],
    ['a 5xx is a failure', (c) => c.text('', 502), '502: failure 502'],
    ['a 429 is ignored', (c) => c.text('', 429), '429: ignored 429'],
    ['an error is a failure, because Hono answers 500', throwing(new Error('x')), '500: failure 500'],
    ['an HTTPException counts by its status: a success', throwing(new HTTPException(404)), '404: success'],
    ['an HTTPException counts by its status: a failure', throwing(new HTTPException(504)), '504: failure 504'],
    [
      'a thrown value that is not an Error passes through Hono and is a failure',
      throwing('a word'),
      'rejected: failure thrown',
    ],
    ['so does undefined', throwing(undefined), 'rejected: failure thrown'],
    ['a refusal by a breaker further down is ignored', throwing(refusal), '500: ignored EOPENBREAKER'],
    ['so is one behind another error', throwing(new Error('x', { cause: refusal })), '500: ignored EOPENBREAKER'],
    [
      'so is an answer that marks a refusal',
      (c) => c.text('', 503, { 'x-circuit-breaker': 'open' }),
      '503: ignored EOPENBREAKER',
    ],
    [
      'so is a thrown value with a refusal as its cause',
      throwing({ cause: refusal }),
      'rejected: ignored EOPENBREAKER',
    ],
    ['a handler without an answer is ignored', () => undefined as never, '500: ignored'],
  ])('%s', async (_rule, handler, expected) => {
    expect(await told(handler)).toBe(expected);
  });

  it('an error that is thrown later counts the same', async () => {
    const late = async () => {
      await new Promise(setImmediate);
      throw new Error('x');
    };
    expect(await told(late)).toBe('500: failure 500');
  });

  it('a stream is a success when it begins, and stays one if it breaks off later', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) });
    expect(await told((c) => c.body(broken))).toBe('200: success');
  });
});

describe('the answer that onError gives to an error', () => {
  const onError = (_error: Error, c: Context): Response => c.text('sorry', 200);

  it.each<[rule: string, thrown: Error, countHandledErrors: boolean, told: string]>([
    ['counts', new Error('x'), false, '200: success'],
    ['does not hide the error with countHandledErrors', new Error('x'), true, '200: failure thrown'],
    ['nor the status of an HTTPException', new HTTPException(502), true, '200: failure 502'],
    ['which may be a success', new HTTPException(404), true, '200: success'],
    ['does not turn a refusal further down into a success', refusal, false, '200: ignored EOPENBREAKER'],
    ['even with countHandledErrors', refusal, true, '200: ignored EOPENBREAKER'],
  ])('%s', async (_rule, thrown, countHandledErrors, expected) => {
    expect(await told(throwing(thrown), { onError, countHandledErrors })).toBe(expected);
  });

  it('counts once if it is a 5xx, with countHandledErrors', async () => {
    const failing = (_error: Error, c: Context): Response => c.text('sorry', 503);
    expect(await told(throwing(new Error('x')), { onError: failing, countHandledErrors: true })).toBe(
      '503: failure 503',
    );
  });

  it('does not matter if there was no error', async () => {
    expect(await told((c) => c.text('ok'), { countHandledErrors: true })).toBe('200: success');
    expect(await told(throwing('word'), { countHandledErrors: true })).toBe('rejected: failure thrown');
  });

  it('counts in a sub-app too', async () => {
    const { breaker, outcomes } = watchBreaker();
    const part = new Hono();
    part.use(circuitBreaker({ breaker }));
    part.get('/fails', throwing(new Error('x')));
    part.onError((_error, c) => c.text('', 418));
    await new Hono().route('/part', part).request('/part/fails');
    expect(outcomes).toEqual(['success']);
  });
});

describe('a classifier', () => {
  it('sees the answer and the context, which has the error', async () => {
    const classify: CircuitBreakerOptions['classify'] = (ending) =>
      'value' in ending && ending.context.error?.message === 'quota' ? 'ignored' : undefined;
    expect(await told(throwing(new Error('quota')), { classify })).toBe('500: ignored');
    expect(await told(throwing(new Error('other')), { classify })).toBe('500: failure 500');
  });

  it('sees a thrown value that Hono does not catch', async () => {
    const classify: CircuitBreakerOptions['classify'] = (ending) =>
      'error' in ending && ending.error === 'word' ? { outcome: 'success' } : undefined;
    expect(await told(throwing('word'), { classify })).toBe('rejected: success');
  });

  it('that throws changes neither the answer nor the default ruling', async () => {
    expect(await told((c) => c.text('ok'), { classify: throwing(new Error('a mistake')) })).toBe('200: success');
  });
});

describe('a client that leaves', () => {
  it('makes failures ignored, but not successes', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = new Hono();
    app.use(circuitBreaker({ breaker, classify: () => undefined }));
    app.get('/:how', (c) => {
      controller.abort();
      if (c.req.param('how') === 'throws') throw new DOMException('left', 'AbortError');
      return c.text('', c.req.param('how') === 'fails' ? 500 : 200);
    });
    let controller = new AbortController();
    for (const how of ['well', 'fails', 'throws']) {
      controller = new AbortController();
      await app.request(`/${how}`, { signal: controller.signal });
    }
    expect(outcomes).toEqual(['success', 'ignored', 'ignored']);
  });

  it('makes an error ignored, whatever onError answers', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = new Hono();
    app.use(circuitBreaker({ breaker }));
    const controller = new AbortController();
    app.get('/', () => {
      controller.abort();
      throw new Error('x');
    });
    app.onError((_error, c) => c.text('sorry', 200));
    await app.request('/', { signal: controller.signal });
    expect(outcomes).toEqual(['ignored']);
  });

  it('is a timeout if its signal aborted because time ran out', async () => {
    const { breaker, outcomes } = watchBreaker();
    const app = new Hono();
    app.use(circuitBreaker({ breaker }));
    const controller = new AbortController();
    app.get('/', (c) => {
      controller.abort(new DOMException('late', 'TimeoutError'));
      return c.text('', 500);
    });
    await app.request('/', { signal: controller.signal });
    expect(outcomes).toEqual(['failure timeout']);
  });

  it('is noticed although no handler reads its signal', async () => {
    const { breaker, permits, outcomes } = watchBreaker();
    const settled = new Promise((resolve) => breaker.subscribe(resolve, { outcomes: true }));
    const app = new Hono<{ Bindings: { outgoing: ServerResponse } }>();
    app.use(circuitBreaker({ breaker }));
    app.get('/', async (c) => {
      await once(c.env.outgoing, 'close');
      throw new Error('the client has left');
    });
    const server = await serve(app);
    onTestFinished(() => server.close());
    const controller = new AbortController();
    const arrived = server.arrival();
    const call = fetch(server.url, { signal: controller.signal });
    await arrived;
    controller.abort();
    await expect(call).rejects.toThrow();
    await settled;
    expect(outcomes).toEqual(['ignored']);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });
});
