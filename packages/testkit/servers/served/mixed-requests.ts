import type { ServerResponse } from 'node:http';
import { createBreaker, failureRate, probes } from '@switchgear/core';
import { expect } from 'vitest';
import { countPermits } from '../../src/count-permits.ts';
import { seededRandom } from '../random/seeded-random.ts';
import { endingsOf } from './endings.ts';
import { type ObservedApp, observeApp } from './observed-app.ts';
import type { ServedHost } from './served-host.ts';

/** Requests under way at a time. */
const CONCURRENCY = 16;

/** Makes requests of every kind at random, some of them refused, and expects that nothing of them is left. */
export async function mixedRequests(host: ServedHost, count: number, http2: boolean): Promise<void> {
  const alone = await tracesAlone(host, http2);
  const timers = timersNow();
  // The clock counts requests, so a circuit that is tripped opens and closes many times on the way.
  let now = 0;
  const clock = { now: () => now, wall: () => now };
  const options = { openWhen: failureRate(0.9), recover: probes({ permitted: 3, successes: 1 }), clock };
  const permits = countPermits(createBreaker({ name: 'mixed', ...options }));
  let refused = 0;
  permits.breaker.subscribe(({ type }) => {
    if (type === 'reject') refused += 1;
  });
  const observed = await observeApp(host, permits.breaker, { http2 });
  const random = seededRandom(27);
  const kinds = [...endingsOf(host)];
  let left = count;
  const requester = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      now += 1;
      if (left % 25 === 0) permits.breaker.trip(10);
      const [path, { client }] = random.pick(kinds);
      await observed.get(path, client);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, requester));
  await observed.close();
  // The last responses close after their server.
  for (let turn = 0; turn < 100 && permits.inFlight > 0; turn++) await new Promise(setImmediate);
  expect(permits, 'each permit is settled, once').toMatchObject({ inFlight: 0, settledTwice: 0 });
  // When a connection of HTTP/2 closes, a request may be lost before the server has it.
  expect(count - observed.responses.length).toBeLessThanOrEqual(http2 ? count / 1_000 : 0);
  expect(refused, 'some were refused').toBeGreaterThan(0);
  expect(leftOn(observed, alone), 'listeners and methods that are left on responses').toEqual([]);
  expect(timersNow(), 'timers').toBeLessThanOrEqual(timers);
}

/** What a host itself leaves on the response of each ending. */
async function tracesAlone(host: ServedHost, http2: boolean): Promise<ReadonlyMap<string, number>> {
  const observed = await observeApp(host, undefined, { http2 });
  for (const [path, { client }] of endingsOf(host)) await observed.get(path, client);
  await observed.close();
  return new Map(observed.responses.map(({ path, response }) => [path, tracesOn(response)]));
}

function leftOn({ responses }: ObservedApp, alone: ReadonlyMap<string, number>): string[] {
  const more = responses.filter(({ path, response }) => tracesOn(response) > (alone.get(path) ?? 0));
  return [...new Set(more.map(({ path }) => path))];
}

function tracesOn(response: ServerResponse): number {
  return response.listenerCount('close') + Number(Object.hasOwn(response, 'writeHead'));
}

function timersNow(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
