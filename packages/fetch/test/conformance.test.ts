import type { Breaker, Ending } from '@switchgear/core';
import * as core from '@switchgear/core';
import { type AdapterUnderTest, describeAdapter, faultServer } from '@switchgear/testkit';
import { describe, expect, it } from 'vitest';
import * as own from '../src/index.ts';
import { breakerFetch, isBreakerResponse } from '../src/index.ts';

it('re-exports what its users need of core, and nothing else', () => {
  const fromCore = Object.entries(own).filter(([name]) => name in core);
  expect(fromCore.map(([name]) => name).sort()).toEqual([
    'CircuitOpenError',
    'adaptive',
    'createBreaker',
    'createRegistry',
    'explain',
    'findCircuitOpen',
    'isCircuitOpen',
  ]);
  expect(core).toMatchObject(Object.fromEntries(fromCore));
});

describeAdapter('fetch', (breaker) => underTest(breaker, 'throw'), { describe, it });

describeAdapter(
  'fetch that answers for an open circuit',
  async (breaker) => ({
    ...(await underTest(breaker, 'respond')),
    refused: (ending: Ending) => 'value' in ending && isBreakerResponse(ending.value),
  }),
  { describe, it },
);

async function underTest(breaker: Breaker, onOpen: 'throw' | 'respond'): Promise<AdapterUnderTest> {
  const server = await faultServer();
  let relayed: Error | undefined;
  const call = breakerFetch({
    breaker,
    onOpen,
    fetch: (...args) => (relayed ? Promise.reject(relayed) : fetch(...args)),
  });

  async function answeredWith(status: number): Promise<Response> {
    server.next({ does: 'answer', status });
    const response = await call(server.url);
    await response.text();
    return response;
  }

  return {
    succeed: () => call(server.url),
    fail: () => answeredWith(503),
    sayNothing: () => answeredWith(429),
    reached: () => server.requests,
    relay: (error) => {
      relayed = error;
      return call(server.url);
    },
    dispose: () => server.close(),
  };
}
