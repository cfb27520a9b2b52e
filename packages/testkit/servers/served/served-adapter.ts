import { once } from 'node:events';
import type { Breaker, Ending } from '@switchgear/core';
import { expect } from 'vitest';
import type { AdapterUnderTest } from '../../src/adapter-under-test.ts';
import { observeApp } from './observed-app.ts';
import type { ServedHost } from './served-host.ts';

/** A host for `describeAdapter`: its calls are requests over HTTP, which arrive in the order in which they are made. */
export function servedAdapter(host: ServedHost): (breaker: Breaker) => Promise<AdapterUnderTest> {
  return async (breaker) => {
    let error: Error | undefined;
    let caught: unknown;
    const observed = await observeApp(host, breaker, {
      error: () => error,
      caught: (each) => {
        caught = each;
      },
    });
    let turn: Promise<unknown> = Promise.resolve();
    async function get(path: string): Promise<string> {
      const before = turn;
      let next = (): void => undefined;
      turn = new Promise<void>((resolve) => {
        next = resolve;
      });
      await before;
      const arrived = once(observed.app.server, 'request');
      const answer = observed.get(path);
      await arrived;
      next();
      return answer;
    }
    return {
      succeed: () => get('/answers'),
      fail: () => get('/throws'),
      sayNothing: () => get('/limited'),
      reached: () => observed.calls,
      async relay(given) {
        error = given;
        expect(await get('/throws-this')).toBe('500');
        throw caught;
      },
      refused: (ending: Ending) => 'value' in ending && ending.value === '503',
      dispose: () => observed.close(),
    };
  };
}
