import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createBreaker, fixed, probes } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { countPermits, type FaultServer, faultServer } from '@switchgear/testkit';
import axios, { type AxiosRequestConfig } from 'axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

/** The body of a stream, of Node or of the web; both are read alike. */
type Body = AsyncIterable<Uint8Array> & {
  once?(event: string, listener: (error: Error) => void): void;
  destroy?(error?: Error): void;
  cancel?(): Promise<void>;
};

describe.each(NETWORK_ADAPTERS)('a body that is observed over %s', (adapter) => {
  function underTest() {
    const events: unknown[] = [];
    const permits = countPermits(createBreaker({ name: 'stream' }));
    permits.breaker.subscribe(({ outcome, kind }) => events.push({ outcome, kind }), { outcomes: true });
    const instance = axios.create({ adapter, baseURL: server.url, responseType: 'stream' });
    protectAxios(instance, { breaker: permits.breaker, observeBody: true });
    const open = async (config?: AxiosRequestConfig) => (await instance.get('/', config)).data as Body;
    const settled = () => expect.poll(() => permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
    return { events, permits, instance, open, settled };
  }

  it('is a success when all of it has been read, and not before', async () => {
    const { events, permits, open, settled } = underTest();
    server.next({ does: 'answer', body: 'every word' });
    const body = await open();
    expect(permits).toMatchObject({ issued: 1, inFlight: 1 });
    expect(await text(body)).toBe('every word');
    await settled();
    expect(events).toEqual([{ outcome: 'success', kind: undefined }]);
  });

  it('is a failure when it breaks off, and the reader sees why', async () => {
    const { events, open, settled } = underTest();
    server.next({ does: 'half-body' });
    await expect(text(await open())).rejects.toThrow(adapter === 'http' ? 'aborted' : 'terminated');
    await settled();
    expect(events).toEqual([{ outcome: 'failure', kind: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) }]);
  });

  it('counts as its status when all of that has been read', async () => {
    const { events, open, settled } = underTest();
    server.next({ does: 'answer', status: 503 });
    await text(await open({ validateStatus: null }));
    await settled();
    expect(events).toEqual([{ outcome: 'failure', kind: '503' }]);
  });

  it('counts by its status when its reader stops early', async () => {
    const { events, open, settled } = underTest();
    server.next({ does: 'hang', headers: true });
    const body = await open();
    await (body.cancel?.() ?? body.destroy?.());
    await settled();
    expect(events).toEqual([{ outcome: 'success', kind: undefined }]);
  });

  it('is ignored when the caller aborts, and a timeout when a signal of that kind does', async () => {
    for (const [reason, counts] of [
      [new Error('mine'), { outcome: 'ignored', kind: undefined }],
      [new DOMException('late', 'TimeoutError'), { outcome: 'failure', kind: 'timeout' }],
    ] as const) {
      const { events, open, settled } = underTest();
      server.next({ does: 'hang', headers: true });
      const controller = new AbortController();
      const read = text(await open({ signal: controller.signal }));
      controller.abort(reason);
      await expect(read).rejects.toThrow();
      await settled();
      expect(events).toEqual([counts]);
    }
  });

  it('is settled at once where there is no stream, or the request was refused by its status', async () => {
    const { events, permits, instance } = underTest();
    await instance.get('/', { responseType: 'text' });
    server.next({ does: 'answer', status: 500 });
    await expect(instance.get('/')).rejects.toHaveProperty('response.status', 500);
    expect(events).toEqual([
      { outcome: 'success', kind: undefined },
      { outcome: 'failure', kind: '500' },
    ]);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
  });

  it('that is not read holds a probe’s place until the permit times out', async () => {
    const clock = manualClock();
    const recover = probes({ permitted: 1, successes: 1 });
    const breaker = createBreaker({ name: 'unread', openFor: fixed(1_000), recover, permitTimeout: 5_000, clock });
    const instance = axios.create({ adapter, baseURL: server.url });
    protectAxios(instance, { breaker, observeBody: true });
    breaker.trip();
    clock.advance(1_000);
    await instance.get('/', { responseType: 'stream' });
    await expect(instance.get('/')).rejects.toHaveProperty('code', 'EOPENBREAKER');
    clock.advance(5_000);
    await instance.get('/');
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().lost).toBe(1);
  });
});

describe('a stream of Node’s that is observed', () => {
  async function opened(config: AxiosRequestConfig = {}) {
    const breaker = createBreaker({ name: 'node' });
    const instance = axios.create({ adapter: 'http', baseURL: server.url, responseType: 'stream', ...config });
    protectAxios(instance, { breaker, observeBody: true });
    const { data } = await instance.get('/');
    return { breaker, data };
  }

  it('is the same stream, with no listener for its errors', async () => {
    server.always({ does: 'hang', headers: true });
    const { data } = await opened();
    const { data: plain } = await axios.get(server.url, { adapter: 'http', responseType: 'stream' });
    expect(data.constructor).toBe(plain.constructor);
    expect(data.listenerCount('error')).toBe(plain.listenerCount('error'));
    for (const each of [data, plain]) each.destroy();
  });

  it('counts as its status when what it is piped into breaks', async () => {
    server.always({ does: 'answer', body: 'x'.repeat(1_000_000) });
    const { breaker, data } = await opened();
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
    await expect(pipeline(data, full)).rejects.toThrow('disk full');
    await expect.poll(() => breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });

  it('is a failure when it does not unzip', async () => {
    server.always({ does: 'answer', headers: { 'content-encoding': 'gzip' } });
    const { breaker, data } = await opened();
    await expect(text(data)).rejects.toThrow();
    await expect.poll(() => breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
  });

  it('is ignored when it is cancelled by token', async () => {
    server.always({ does: 'hang', headers: true });
    const { token, cancel } = axios.CancelToken.source();
    const { breaker, data } = await opened({ cancelToken: token });
    const read = text(data);
    cancel('mine');
    await expect(read).rejects.toThrow();
    await expect.poll(() => breaker.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });
});
