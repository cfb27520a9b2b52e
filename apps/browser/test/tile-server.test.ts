import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mode } from '../src/tile-server/mode.ts';
import { startTileServer, type TileServer } from '../src/tile-server/start-tile-server.ts';

describe('the tile server', () => {
  let server: TileServer;
  beforeEach(async () => {
    server = await startTileServer();
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const tile = (signal?: AbortSignal) =>
    fetch(`${server.url}/tiles/4/3/-7.svg`, { headers: { Origin: 'http://page.test' }, ...(signal && { signal }) });
  const order = (mode: Mode | 'dance') => fetch(`${server.operatorUrl}/mode/${mode}`, { method: 'PUT' });

  it('draws a tile for any page, with its place and the time on it', async () => {
    const answer = await tile();
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.text()).toMatch(/^<svg .*>\d\d:\d\d:\d\d<.*>4\/3\/-7<.*<\/svg>$/);
  });

  it('a refusal says when to come back, and lets pages of other origins read that', async () => {
    await order('fail');
    const { status, headers } = await tile();
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toBe('Retry-After');
  });

  it('one that hangs takes requests until their callers give up, and counts them', async () => {
    await order('hang');
    const caller = new AbortController();
    const givenUp = tile(caller.signal);
    await expect.poll(() => server.report).toEqual({ mode: 'hang', requests: 1 });
    caller.abort(new Error('gave up'));
    await expect(givenUp).rejects.toThrow('gave up');
    const hanging = tile();
    await expect.poll(() => server.report.requests).toBe(2);
    await server[Symbol.asyncDispose]();
    await expect(hanging).rejects.toThrow('fetch failed');
  });

  it('a slow one answers all the same', async () => {
    await order('slow');
    const began = performance.now();
    expect((await tile()).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(1_400);
  });

  it('its operator gets a report, and an error for an unknown mode', async () => {
    await tile();
    const report = await fetch(`${server.operatorUrl}/report`);
    expect(await report.json()).toEqual({ mode: 'work', requests: 1 });
    const refused = await order('dance');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: 'mode must be one of work, slow, hang, fail' });
  });

  it.each(['/tiles/10/0/0.svg', '/tiles/4/x/0.svg', '/tiles/4/0/1234567.svg', '/'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(server.url + path)).status).toBe(404);
      expect(server.report.requests).toBe(0);
    },
  );
});
