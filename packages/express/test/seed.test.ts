import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { consecutiveFailures } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { listen, stop } from '@switchgear/testkit/listen';
import express, { type Express } from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { circuitBreaker, type ThresholdOptions } from '../src/index.ts';

/** A page about the pattern shows this. Only the name of the package is another one here. */
const SNIPPET = `
const circuitbreaker = require('circuit-breaker-middleware');

app.use('/circuitbreaker', circuitbreaker({
  threshold: 5,
  timeout: 30000,
  fallback: (req, res) => res.json({ status: 'fallback' })
}));
`.replace('circuit-breaker-middleware', '@switchgear/express');

async function served(app: Express): Promise<(path: string) => Promise<readonly [number, unknown]>> {
  const server = createServer(app.set('env', 'test'));
  const url = await listen(server);
  onTestFinished(() => stop(server));
  return async (path) => {
    const response = await fetch(url + path);
    return [
      response.status,
      response.headers.get('content-type')?.includes('json') ? await response.json() : undefined,
    ];
  };
}

describe('the short form of the options', () => {
  it('runs a snippet from a page about the pattern: five failures, the fallback, and after the timeout a probe', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const app = express();
    new Function('require', 'app', SNIPPET)((name: string) => {
      assert.equal(name, '@switchgear/express');
      return circuitBreaker;
    }, app);
    let [calls, status] = [0, 500];
    app.get('/circuitbreaker', (_req, res) => {
      calls += 1;
      res.status(status).json({ status: 'real' });
    });
    const get = await served(app);
    for (let i = 0; i < 5; i++) expect(await get('/circuitbreaker')).toEqual([500, { status: 'real' }]);
    expect(await get('/circuitbreaker')).toEqual([200, { status: 'fallback' }]);
    expect(calls).toBe(5);
    status = 200;
    vi.advanceTimersByTime(29_999);
    expect(await get('/circuitbreaker')).toEqual([200, { status: 'fallback' }]);
    vi.advanceTimersByTime(1);
    expect(await get('/circuitbreaker')).toEqual([200, { status: 'real' }]);
    expect(await get('/circuitbreaker')).toEqual([200, { status: 'real' }]);
    expect(calls).toBe(7);
  });

  it('answers 503 without a fallback, and passes on what a fallback throws or rejects with', async () => {
    const app = express();
    const fallbacks: Record<string, ThresholdOptions['fallback']> = {
      none: undefined,
      throws: () => {
        throw Object.assign(new Error('no'), { status: 418 });
      },
      rejects: async () => {
        throw Object.assign(new Error('no'), { status: 419 });
      },
      next: (_req, _res, next) => next(),
    };
    for (const [name, fallback] of Object.entries(fallbacks)) {
      app.get(`/${name}`, circuitBreaker({ threshold: 1, fallback }), (_req, res) => void res.sendStatus(500));
    }
    const get = await served(app);
    const statuses: Record<string, number[]> = {};
    for (const name of Object.keys(fallbacks)) {
      statuses[name] = [(await get(`/${name}`))[0], (await get(`/${name}`))[0]];
    }
    expect(statuses).toEqual({ none: [500, 503], throws: [500, 418], rejects: [500, 419], next: [500, 500] });
  });
});

describe('options of the wrong kind', () => {
  const { breaker } = watchBreaker({ openWhen: consecutiveFailures(2) });
  it.each<[rule: string, options: unknown, message: string]>([
    [
      'no options',
      undefined,
      'circuitBreaker must be an object, got undefined; for example circuitBreaker({ breaker: … })',
    ],
    ['no breaker', {}, "breaker must be given, got undefined; for example createBreaker({ name: 'orders' })"],
    [
      'a name for a breaker',
      { breaker: 'orders' },
      "breaker must be a breaker or a function that picks one for a request, got 'orders'",
    ],
    ['a misspelt name', { breaker, onOpne: 'throw' }, "circuitBreaker has no option 'onOpne'"],
    ['an unknown answer', { breaker, onOpen: 'close' }, "onOpen must be 'respond', 'throw' or a function, got 'close'"],
    ['both forms', { breaker, threshold: 5 }, 'circuitBreaker takes breaker or threshold, not both'],
    ['a threshold of 0', { threshold: 0 }, 'threshold must be a whole number of at least 1, got 0'],
    ['a timeout in words', { timeout: '30s' }, "timeout must be a number of milliseconds greater than 0, got '30s'"],
    ['a fallback that is an answer', { fallback: {} }, 'fallback must be a function, got an object'],
  ])('%s: an error that says so', (_rule, options, message) => {
    expect(() => circuitBreaker(options as ThresholdOptions)).toThrow(message);
  });
});
