import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleWorker } from '../src/demo/bundle-worker.ts';
import type { Status } from '../src/demo/client.ts';
import { TIME_LIMIT } from '../src/upstreams.ts';

/** As much of the dashboard's answer as these tests look at. */
interface DashboardState {
  readonly rows: readonly { readonly group: string; readonly id: string; readonly state: string }[];
}

describe('the Worker, in the real workerd', () => {
  let script: string;
  let service: Server;
  let worker: Miniflare;
  /** The deadline that the service received with each request. */
  let deadlines: (string | undefined)[];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    script = await bundleWorker();
    service = createServer(({ headers }, response) => {
      deadlines.push(headers['grpc-timeout'] as string | undefined);
      answer(response);
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
  });
  beforeEach(async () => {
    deadlines = [];
    answer = (response) => response.end(JSON.stringify({ cents: 4200, currency: 'EUR' }));
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    worker = new Miniflare({
      modules: true,
      script,
      compatibilityDate: '2026-05-01',
      bindings: { PRICES: url, REVIEWS: url },
      cf: false,
    });
    return () => worker.dispose();
  });
  afterAll(() => {
    service.closeAllConnections();
    service.close();
  });

  const ask = (path: string, { colo = 'FRA', headers = {} } = {}) =>
    worker.dispatchFetch(`http://shop.test${path}`, { cf: { colo } as never, headers });
  const stateOf = async (name: string) => {
    const { circuits } = (await (await ask('/status')).json()) as Status;
    return circuits.find((circuit) => circuit.name === name);
  };

  it.each(['prices', 'reviews'])('%s out of reach from one data centre are asked from the others', async (name) => {
    answer = (response) => response.writeHead(500).end();
    for (let i = 0; i < 5; i += 1) await (await ask(`/${name}/kettle`, { colo: 'FRA' })).arrayBuffer();
    answer = (response) => response.end(JSON.stringify({ cents: 4200, currency: 'EUR' }));
    const asked = deadlines.length;

    const refused = await ask(`/${name}/kettle`, { colo: 'FRA' });
    expect([refused.status, refused.headers.get('x-circuit-breaker'), deadlines.length]).toEqual([503, 'open', asked]);
    const served = await ask(`/${name}/kettle`, { colo: 'AMS' });
    expect([served.status, deadlines.length]).toEqual([200, asked + 1]);
    expect((await stateOf(`${name}@FRA`))?.state).toBe('open');
    expect((await stateOf(`${name}@AMS`))?.state).toBe('closed');
  });

  it('the dashboard shows which data centre is cut off from which service, and is read-only', async () => {
    answer = (response) => response.writeHead(500).end();
    for (let i = 0; i < 5; i += 1) await (await ask('/prices/kettle', { colo: 'FRA' })).arrayBuffer();
    answer = (response) => response.end(JSON.stringify({ cents: 4200, currency: 'EUR' }));
    await (await ask('/prices/kettle', { colo: 'AMS' })).arrayBuffer();

    const page = await ask('/breakers');
    expect(page.headers.get('content-security-policy')).toContain('nonce-');
    expect(await page.text()).toContain('Circuits at the edge');
    const { rows } = (await (await ask('/breakers/api/breakers')).json()) as DashboardState;
    expect(rows.map(({ group, id, state }) => [group, id, state]).sort()).toEqual([
      ['prices', 'prices@AMS', 'closed'],
      ['prices', 'prices@FRA', 'open'],
    ]);
    const order = { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://shop.test' } };
    const body = JSON.stringify({ breaker: 'prices@FRA', order: 'reset' });
    const refused = await worker.dispatchFetch('http://shop.test/breakers/api/orders', { ...order, body });
    expect([refused.status, (await stateOf('prices@FRA'))?.state]).toEqual([403, 'open']);
  });

  it.each(['prices', 'reviews'])('%s get the remaining time of the caller, minus our own reserve', async (name) => {
    for (const headers of [{ 'grpc-timeout': '280m' }, { 'grpc-timeout': '9S' }, {}]) {
      expect((await ask(`/${name}/kettle`, { headers })).status).toBe(200);
    }
    const [short = 0, long = 0, none = 0] = deadlines.map((each) => Number(/^(\d+)m$/.exec(each ?? '')?.[1]));
    expect(short).toBeGreaterThan(0);
    expect(short).toBeLessThanOrEqual(260);
    // Who waits for nine seconds is not served any later than who says nothing.
    for (const ours of [long, none]) {
      expect(ours).toBeGreaterThan(260);
      expect(ours).toBeLessThanOrEqual(TIME_LIMIT);
    }
  });

  it.each(['prices', 'reviews'])(
    'whose deadline passes gets a 408, and the circuit of %s does not count it',
    async (name) => {
      const none = await ask(`/${name}/kettle`, { headers: { 'grpc-timeout': '10m' } });
      expect([none.status, deadlines.length]).toEqual([408, 0]);

      answer = () => undefined;
      for (let i = 0; i < 6; i += 1) {
        expect((await ask(`/${name}/kettle`, { headers: { 'grpc-timeout': '60m' } })).status).toBe(408);
      }
      expect(await stateOf(`${name}@FRA`)).toMatchObject({ state: 'closed', failures: 0 });
      // The service's own time limit is another matter.
      expect((await ask(`/${name}/kettle`)).status).toBe(504);
      expect(await stateOf(`${name}@FRA`)).toMatchObject({ failures: 1 });
    },
  );

  it('says in Server-Timing where the circuits stand, on refusals and copies too', async () => {
    const timing = async (path: string) => (await ask(path)).headers.get('server-timing');
    expect(await timing('/prices/kettle')).toBe('circuit;desc="prices@FRA: closed"');
    answer = (response) => response.writeHead(500).end();
    for (let i = 0; i < 5; i += 1) await timing('/prices/kettle');
    const copy = await ask('/prices/kettle');
    expect([copy.status, copy.headers.get('age'), copy.headers.get('server-timing')]).toEqual([
      200,
      '0',
      'circuit;desc="prices@FRA: open"',
    ]);
    expect(await timing('/prices/toaster')).toBe('circuit;desc="prices@FRA: open"');
  });
});
