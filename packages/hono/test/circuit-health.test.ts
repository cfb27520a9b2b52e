import { createBreaker, createRegistry } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type CircuitHealthOptions, circuitHealth } from '../src/index.ts';

/** Two circuits, the first of them in some trouble. */
function two() {
  const [database, mail] = [watchBreaker({ name: 'database' }), watchBreaker({ name: 'mail' })];
  return { database: database.breaker, mail: mail.breaker, clock: database.clock };
}

async function ask(options: CircuitHealthOptions): Promise<[number, unknown]> {
  const response = await new Hono().get('/', circuitHealth(options)).request('/');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return [response.status, await response.json()];
}

describe('a health check', () => {
  it('is green whatever state the circuits are in, and degraded while one refuses', async () => {
    const { database, mail } = two();
    const breakers = [database, mail];
    expect(await ask({ breakers })).toEqual([200, { status: 'ok' }]);
    database.trip();
    expect(await ask({ breakers })).toEqual([200, { status: 'degraded' }]);
    mail.setMode('isolated');
    expect(await ask({ breakers })).toEqual([200, { status: 'degraded' }]);
  });

  it('is red only for the circuits that `needs` selects', async () => {
    const { database, mail } = two();
    const options = { breakers: [database, mail], needs: (breaker: object) => breaker === database };
    mail.trip();
    expect(await ask(options)).toEqual([200, { status: 'degraded' }]);
    database.trip();
    expect(await ask(options)).toEqual([503, { status: 'down' }]);
  });

  it('is green again as soon as a probe may go through, because recovery takes traffic', async () => {
    const { database, clock } = two();
    database.trip(1_000);
    clock.advance(1_000);
    expect(await ask({ breakers: [database], needs: () => true })).toEqual([200, { status: 'ok' }]);
    expect(database.tryAcquire()?.probe).toBe(true);
  });

  it('follows the mode: disabled and shadow refuse no calls', async () => {
    const { database } = two();
    for (const mode of ['disabled', 'shadow'] as const) {
      database.trip();
      database.setMode(mode);
      expect(await ask({ breakers: [database] })).toEqual([200, { status: 'ok' }]);
    }
    database.setMode('isolated');
    expect(await ask({ breakers: [database], needs: () => true })).toEqual([503, { status: 'down' }]);
  });

  it('lists the circuits only with details', async () => {
    const { database, mail } = two();
    database.trip(1_500);
    mail.setMode('isolated');
    expect(await ask({ breakers: [database, mail], details: true })).toEqual([
      200,
      {
        status: 'degraded',
        circuits: [
          { name: 'database', mode: 'active', state: 'open', retryAfter: 1_500 },
          { name: 'mail', mode: 'isolated', state: 'closed' },
        ],
      },
    ]);
  });

  it('reads a registry at each request, and does not change it', async () => {
    const registry = createRegistry({ options: (name) => ({ name }), max: 2 });
    const app = new Hono().get('/', circuitHealth({ breakers: registry }));
    expect(await (await app.request('/')).json()).toEqual({ status: 'ok' });
    registry.get('a').trip();
    expect(await (await app.request('/')).json()).toEqual({ status: 'degraded' });
    expect(registry.size).toBe(1);
  });
});

it.each<[options: unknown, message: string]>([
  [{}, 'breakers must be a list of breakers, or a registry, got undefined'],
  [{ breakers: createBreaker({ name: 'a' }) }, 'breakers must be a list of breakers, or a registry, got an object'],
  [{ breakers: [], needs: [] }, 'needs must be a function, got an object'],
  [{ breakers: [], details: 1 }, 'details must be true or false, got 1'],
])('an option out of the ordinary is refused at once: %#', (options, message) => {
  const Refusal = /got \d+$/.test(message) ? RangeError : TypeError;
  expect(() => circuitHealth(options as never)).toThrow(new Refusal(`Switchgear: ${message}`));
});
