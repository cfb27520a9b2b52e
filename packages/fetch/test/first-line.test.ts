import { type Breaker, createBreaker } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { type FaultServer, faultServer, freePort } from '@switchgear/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { breakerFetch, isCircuitOpen } from '../src/index.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

/** Real requests, made so many at a time. @returns how many of them were refused */
async function refusals(breaker: Breaker, url: string, requests: number): Promise<number> {
  const fetch = breakerFetch({ breaker });
  const call = async () => (await fetch(url)).text();
  const ends = await Promise.allSettled(Array.from({ length: requests }, call));
  return ends.filter((end) => end.status === 'rejected' && isCircuitOpen(end.reason)).length;
}

describe('a breaker with nothing but a name', () => {
  it('refuses none of 300 requests at once to a service that is well', async () => {
    // Every reading of the clock takes a while, as starting a request does.
    let at = 0;
    let reading = 0.1;
    const breaker = createBreaker({ name: 'tiles', clock: { now: () => (at += reading) } });
    // Quick calls first: before them no silence is unusual.
    for (let call = 0; call < 120; call++) expect(await refusals(breaker, server.url, 1)).toBe(0);
    // More than a tenth of a second in which all are sent and no answer can come back.
    reading = 0.4;
    expect(await refusals(breaker, server.url, 300)).toBe(0);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().rejected).toBe(0);
  });

  it.each([
    ['has been well', true],
    ['was never there', false],
  ])('opens within five calls, one a second, to a service that is down and %s', async (_before, well) => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'tiles', clock });
    const down = `http://127.0.0.1:${await freePort()}`;
    for (let call = 0; well && call < 60; call++) {
      await refusals(breaker, server.url, 1);
      clock.advance(1_000);
    }
    let failing = 0;
    while (breaker.state === 'closed' && failing < 10) {
      await refusals(breaker, down, 1);
      failing += 1;
      clock.advance(1_000);
    }
    expect(failing).toBeLessThanOrEqual(5);
  });
});
