import type { Breaker, Ending } from '@switchgear/core';
import * as core from '@switchgear/core';
import { type AdapterUnderTest, describeAdapter, faultServer } from '@switchgear/testkit';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { describe, expect, it } from 'vitest';
import * as own from '../src/index.ts';
import { breakerProxy, circuitBreaker } from '../src/index.ts';
import { serve } from './serve.ts';

describe('what is tested', () => {
  it('is the version of Hono that the project is named after', ({ task }) => {
    // `customFetch` came with 4.10; Hono does not export its version.
    expect(proxy.toString().includes('customFetch')).toBe(task.file.projectName === 'hono');
  });

  it('exports the very functions of core that a user of this adapter needs', () => {
    const { adaptive, CircuitOpenError, createBreaker, createRegistry, explain, findCircuitOpen, isCircuitOpen } = core;
    const needed = {
      adaptive,
      CircuitOpenError,
      createBreaker,
      createRegistry,
      explain,
      findCircuitOpen,
      isCircuitOpen,
    };
    expect(own).toMatchObject(needed);
  });
});

/** Refusals are answers here. */
function refused(ending: Ending): boolean {
  return 'value' in ending && (ending.value as Response).headers.get('x-circuit-breaker') === 'open';
}

/** An app whose one route answers with the status asked for, or throws the error to be relayed. */
function routes(breaker: Breaker) {
  const seen = { reached: 0, relayed: undefined as Error | undefined, caught: undefined as Error | undefined };
  const app = new Hono();
  app.use(circuitBreaker({ breaker }));
  app.get('/:status{[0-9]+}', (c) => {
    seen.reached += 1;
    if (seen.relayed) throw seen.relayed;
    return c.body('', Number(c.req.param('status')) as 200);
  });
  app.onError((error) => {
    seen.caught = error;
    throw error;
  });
  return { app, seen };
}

describeAdapter(
  'a route in Hono',
  (breaker) => {
    const { app, seen } = routes(breaker);
    return {
      succeed: async () => app.request('/200'),
      fail: async () => app.request('/503'),
      sayNothing: async () => app.request('/429'),
      reached: () => seen.reached,
      relay: async (error) => {
        seen.relayed = error;
        return app.request('/200');
      },
      refused,
    };
  },
  { describe, it },
);

describeAdapter(
  'a route in Hono, served by Node over HTTP',
  async (breaker) => {
    const { app, seen } = routes(breaker);
    const server = await serve(app);
    let turn: Promise<unknown> = Promise.resolve();

    /** Calls arrive in the order in which they are made, although each uses a connection of its own. */
    async function get(status: number): Promise<Response> {
      const before = turn;
      let next = (): void => undefined;
      turn = new Promise<void>((resolve) => {
        next = resolve;
      });
      await before;
      const arrived = server.arrival();
      const answer = fetch(`${server.url}/${status}`);
      await arrived;
      next();
      return answer;
    }

    return {
      succeed: () => get(200),
      fail: () => get(503),
      sayNothing: () => get(429),
      reached: () => seen.reached,
      relay: async (error) => {
        seen.relayed = error;
        expect((await get(200)).status).toBe(500);
        throw seen.caught;
      },
      refused,
      dispose: () => server.close(),
    };
  },
  { describe, it },
);

describeAdapter(
  'an upstream behind breakerProxy',
  async (breaker) => {
    const upstream = await faultServer();
    let relayed: Error | undefined;
    const app = new Hono();
    const forward = (url: URL) => (relayed ? Promise.reject(relayed) : fetch(url));
    app.all('/rejecting', breakerProxy({ to: upstream.url, breaker, forward }));
    app.all('*', breakerProxy({ to: upstream.url, breaker }));
    app.onError((error) => {
      throw error;
    });

    async function answeredWith(status: number): Promise<Response> {
      upstream.next({ does: 'answer', status });
      return app.request('/');
    }

    return {
      succeed: async () => app.request('/'),
      fail: () => answeredWith(503),
      sayNothing: () => answeredWith(429),
      reached: () => upstream.requests,
      relay: async (error) => {
        relayed = error;
        return app.request('/rejecting');
      },
      refused,
      dispose: () => upstream.close(),
    } satisfies AdapterUnderTest;
  },
  { describe, it },
);
