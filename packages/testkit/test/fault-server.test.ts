import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultServer, faultServer } from '../src/faults/fault-server.ts';

let server: FaultServer;

beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

describe('a fault server', () => {
  it('answers well until it is told otherwise', async () => {
    const response = await fetch(server.url);
    expect([response.status, await response.text(), server.requests]).toEqual([200, 'ok', 1]);
  });

  it('takes one behaviour a request, then goes on as always', async () => {
    server.always({ does: 'answer', status: 404 });
    server.next({ does: 'answer', status: 500 }, { does: 'answer', status: 503, headers: { 'retry-after': '7' } });
    const seen = [];
    for (let request = 0; request < 3; request += 1) {
      const { status, headers } = await fetch(server.url);
      seen.push([status, headers.get('retry-after')]);
    }
    expect(seen).toEqual([
      [500, null],
      [503, '7'],
      [404, null],
    ]);
  });

  it('is late', async () => {
    server.next({ does: 'answer', late: 30 });
    const began = performance.now();
    await fetch(server.url);
    expect(performance.now() - began).toBeGreaterThan(28);
  });

  it.each([
    ['hangs before the headers', { does: 'hang' }],
    ['hangs after the headers', { does: 'hang', headers: true }],
  ] as const)('%s', async (_rule, behaviour) => {
    server.next(behaviour);
    const limit = new AbortController();
    const call = fetch(server.url, { signal: limit.signal }).then((response) => response.text());
    // The time limit begins when the request has arrived: on a busy machine that may take longer than the limit.
    await vi.waitFor(() => expect(server.requests).toBe(1), { timeout: 10_000 });
    setTimeout(() => limit.abort(new DOMException('too late', 'TimeoutError')), 100);
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(server.requests).toBe(1);
  });

  it('resets', async () => {
    server.next({ does: 'reset' });
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  it('sends half a body', async () => {
    server.next({ does: 'half-body' });
    const response = await fetch(server.url);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('sends clients in circles', async () => {
    server.always({ does: 'redirect-loop' });
    await expect(fetch(server.url)).rejects.toMatchObject({ cause: { message: 'redirect count exceeded' } });
  });
});
