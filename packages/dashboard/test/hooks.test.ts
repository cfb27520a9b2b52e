import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type DashboardOptions, dashboard } from '../src/index.ts';

const failing = (): never => {
  throw new Error('broken');
};
const rejecting = (): Promise<never> => Promise.reject(new Error('broken'));

/** The answers that a dashboard gives with a function of the user's that is broken, and what its `onError` was told. */
async function answersWith(
  options: DashboardOptions,
): Promise<{ statuses: number[]; told: string[]; errors: number; group: string }> {
  const told: string[] = [];
  const breaker = createBreaker({ name: 'a/1', openWhen: consecutiveFailures(2) });
  const onError = (_error: unknown, where: string): void => void told.push(where);
  const app = new Hono().route('/', dashboard([breaker], { onError, ...options }));
  for (const outcome of ['success', 'failure', 'failure'] as const) breaker.tryAcquire()?.settle(outcome, 5);
  const statuses: number[] = [];
  for (const path of ['/', '/api/breakers', '/api/breaker?id=a/1', '/api/impact', '/events']) {
    const answer = await app.request(path);
    statuses.push(answer.status);
    await (path === '/events' ? answer.body?.cancel() : answer.arrayBuffer());
  }
  const { rows } = await (await app.request('/api/breakers')).json();
  return { statuses, told: [...new Set(told)], errors: breaker.metrics().errors, group: rows[0].group };
}

describe('a function of the user’s that is broken', () => {
  it.each<[what: string, options: DashboardOptions, told: string[]]>([
    ['group that throws', { group: failing }, ['group']],
    ['group that rejects', { group: rejecting as never }, ['group']],
    ['group that gives no name', { group: () => undefined as never }, []],
    ['a fallback that throws', { fallbacks: { 'a/1': failing } }, ['fallbacks']],
    ['a fallback that rejects', { fallbacks: { 'a/1': rejecting as never } }, ['fallbacks']],
    ['a fallback that counts nothing', { fallbacks: { 'a/1': () => undefined as never } }, []],
    ['a fallback that counts NaN', { fallbacks: { 'a/1': () => ({ served: Number.NaN, failed: -1 }) } }, []],
    [
      'a fallback whose count cannot be read',
      {
        fallbacks: {
          'a/1': () => ({
            get served() {
              return failing();
            },
          }),
        },
      },
      [],
    ],
    ['a clock that throws', { wall: failing }, ['wall']],
    ['a clock that rejects', { wall: rejecting as never }, ['wall']],
    ['a clock that says NaN', { wall: () => Number.NaN }, []],
    ['onError that throws', { group: failing, onError: failing }, []],
    ['onError that rejects', { group: failing, onError: rejecting }, []],
    ['no onError', { group: failing, wall: failing, onError: undefined }, []],
  ])('is reported by its name and changes nothing else: %s', async (_what, options, told) => {
    expect(await answersWith(options)).toEqual({ statuses: [200, 200, 200, 200, 200], told, errors: 0, group: 'a' });
  });

  it('that has recovered is counted again', async () => {
    let served: number | undefined;
    const breaker = createBreaker({ name: 'a' });
    const fallbacks = { a: () => (served === undefined ? failing() : { served }) };
    const app = new Hono().route('/', dashboard([breaker], { fallbacks, onError: () => undefined }));
    for (let i = 0; i < 4; i++) breaker.record('failure');
    const availability = async (): Promise<number> =>
      (await (await app.request('/api/impact')).json()).figures.availabilityWith.low;
    served = 10;
    expect(await availability()).toBe(0);
    served = 13;
    expect(await availability()).toBe(3 / 4);
  });

  it('of a breaker leaves the other breakers to be seen', async () => {
    const told: string[] = [];
    const bad = createBreaker({ name: 'bad' });
    const options: DashboardOptions = { onError: (_error, where) => told.push(where) };
    const app = new Hono().route('/', dashboard([bad, createBreaker({ name: 'good' })], options));
    Object.defineProperty(bad, 'metrics', { value: failing });
    const answer = await app.request('/api/breakers');
    expect((await answer.json()).rows.map(({ id }: { id: string }) => id)).toEqual(['good']);
    expect((await app.request('/api/breaker?id=bad')).status).toBe(404);
    expect(told).toContain('metrics');
  });
});
