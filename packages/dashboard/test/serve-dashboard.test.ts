import { request } from 'node:http';
import { createBreaker } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { serveDashboard } from '../src/node/index.ts';
import { listen } from './setup/listen.ts';

/** The status for a request that gives this host. `fetch` would not let us. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('serveDashboard', () => {
  it('serves page, JSON and events on a port of its own, until it is closed', async () => {
    const breaker = createBreaker({ name: 'a' });
    const served = await serveDashboard([breaker]);
    const page = await fetch(served.url);
    expect(page.headers.get('content-security-policy')).toContain('nonce-');
    const stream = listen(await fetch(`${served.url}events`));
    expect((await stream.next()).event).toBe('state');
    breaker.trip();
    expect((await stream.nextOf('changes')).data.rows[0].state).toBe('open');
    await served.close();
    await expect(stream.next()).rejects.toThrow();
    await expect(fetch(served.url)).rejects.toThrow();
  });

  it('answers on loopback to names of this machine only, so that no page elsewhere reads along', async () => {
    const served = await serveDashboard([]);
    try {
      const { port } = new URL(served.url);
      expect(await statusFor(served.url, `localhost:${port}`)).toBe(200);
      expect(await statusFor(served.url, `rebound.example:${port}`)).toBe(421);
    } finally {
      await served.close();
    }
  });

  it('rejects where it cannot have the port', async () => {
    const first = await serveDashboard([]);
    try {
      const port = Number(new URL(first.url).port);
      await expect(serveDashboard([], { port })).rejects.toThrow('EADDRINUSE');
    } finally {
      await first.close();
    }
  });
});
