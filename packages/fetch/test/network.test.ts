import { type FaultServer, faultProxy, faultServer, freePort, OPEN_FOR } from '@switchgear/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watch } from './watch.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

describe('an error of the network is classified by what it says about the service', () => {
  it('a refused connection is a failure', async () => {
    const { fetch, outcomes } = watch();
    await expect(fetch(`http://127.0.0.1:${await freePort()}`)).rejects.toThrow(TypeError);
    expect(outcomes).toEqual(['failure ECONNREFUSED']);
  });

  it('a connection that is reset, or closed without a response, is a failure', async () => {
    const proxy = await faultProxy(server);
    try {
      const { fetch, outcomes } = watch();
      for (const fault of ['reset', 'close'] as const) {
        await proxy.become(fault);
        await expect(fetch(`http://127.0.0.1:${proxy.port}`)).rejects.toThrow(TypeError);
      }
      expect(outcomes).toEqual(['failure ECONNRESET', 'failure UND_ERR_SOCKET']);
    } finally {
      await proxy.close();
    }
  });

  it('an unknown host is a failure', async () => {
    const { fetch, outcomes } = watch();
    await expect(fetch('http://nowhere.invalid')).rejects.toThrow(TypeError);
    expect(outcomes).toEqual([expect.stringMatching(/^failure (ENOTFOUND|EAI_AGAIN)$/)]);
  });

  it('an answer that is not HTTP, or not TLS, is a failure', async () => {
    const { fetch, outcomes } = watch();
    await expect(fetch(server.url.replace('http:', 'https:'))).rejects.toThrow(TypeError);
    expect(outcomes).toEqual([expect.stringMatching(/^failure \w*SSL\w*$/)]);
  });

  it('an endless redirect is a failure, and one that the caller forbade is ignored', async () => {
    const { fetch, outcomes } = watch();
    server.always({ does: 'redirect-loop' });
    await expect(fetch(server.url)).rejects.toThrow(TypeError);
    await expect(fetch(server.url, { redirect: 'error' })).rejects.toThrow(TypeError);
    expect(outcomes).toEqual(['failure network', 'ignored network']);
  });

  it.each<[platform: string, error: unknown]>([
    ['Deno', new TypeError("Fetch failed: Encountered redirect while redirect mode is set to 'error'")],
    ['Bun', Object.assign(new TypeError('UnexpectedRedirect fetching "http://a/"'), { code: 'UnexpectedRedirect' })],
  ])('a redirect that the caller forbade is ignored, with the error of %s', async (_platform, error) => {
    const { fetch, outcomes } = watch({ fetch: () => Promise.reject(error) });
    await expect(fetch(server.url, { redirect: 'error' })).rejects.toBe(error);
    expect(outcomes).toEqual([expect.stringMatching('^ignored')]);
  });

  it('a redirect that is not followed is an answer', async () => {
    const { fetch, outcomes } = watch();
    server.next({ does: 'answer', status: 302, headers: { location: '/' } });
    expect((await fetch(server.url, { redirect: 'manual' })).status).toBe(302);
    expect(outcomes).toEqual(['success']);
  });

  it('a body that breaks off was a response: the permit was settled at the headers', async () => {
    const { fetch, outcomes, permits } = watch();
    server.next({ does: 'half-body' });
    const response = await fetch(server.url);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
    await expect(response.text()).rejects.toThrow('terminated');
    expect(outcomes).toEqual(['success']);
  });

  it('Retry-After keeps the circuit open for as long as the service asks', async () => {
    const { fetch, permits } = watch();
    server.next({ does: 'answer', status: 503, headers: { 'retry-after': '30' } });
    await fetch(server.url);
    permits.breaker.trip();
    expect(permits.breaker.retryAfter).toBeGreaterThan(OPEN_FOR);
    expect(permits.breaker.retryAfter).toBeLessThanOrEqual(30_000);
  });

  it.each(['86400', 'Fri, 31 Dec 9999 23:59:59 GMT', '99999999999999999999'])(
    'and no longer than a minute, if it asks for %s: a mistaken header must not take a service away for a day',
    async (asked) => {
      const { fetch, permits } = watch();
      server.next({ does: 'answer', status: 503, headers: { 'retry-after': asked } });
      await fetch(server.url);
      permits.breaker.trip();
      expect(permits.breaker.retryAfter).toBe(60_000);
    },
  );
});

describe('the signal, not the error, decides who ended a call', () => {
  it('a caller’s abort is ignored, whatever the reason', async () => {
    const { fetch, outcomes } = watch();
    for (const reason of [undefined, 'bored', new Error('a reason of my own'), new TypeError('fetch failed'), null]) {
      const controller = new AbortController();
      server.always({ does: 'hang' });
      const call = fetch(server.url, { signal: controller.signal });
      controller.abort(reason);
      await expect(call).rejects.toBe(controller.signal.reason);
    }
    expect(outcomes).toEqual(Array(5).fill('ignored'));
  });

  it('a signal that times out is a failure, also as one of several', async () => {
    const { fetch, outcomes } = watch();
    for (const signal of [
      AbortSignal.timeout(1),
      AbortSignal.any([new AbortController().signal, AbortSignal.timeout(1)]),
    ]) {
      server.always({ does: 'hang' });
      await expect(fetch(server.url, { signal })).rejects.toHaveProperty('name', 'TimeoutError');
    }
    expect(outcomes).toEqual(['failure timeout', 'failure timeout']);
  });

  it('the signal may come with a Request; one given beside it counts instead', async () => {
    const { fetch, outcomes } = watch();
    server.always({ does: 'hang' });
    await expect(fetch(new Request(server.url, { signal: AbortSignal.timeout(1) }))).rejects.toThrow();
    const controller = new AbortController();
    const call = fetch(new Request(server.url, { signal: AbortSignal.timeout(60_000) }), { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toHaveProperty('name', 'AbortError');
    // `null` takes it away.
    const gone = AbortSignal.abort();
    expect((await fetch(new Request('data:,x', { signal: gone }), { signal: null })).status).toBe(200);
    server.always({ does: 'answer' });
    expect((await fetch(new Request(server.url, { signal: gone }), { signal: null })).status).toBe(200);
    expect(outcomes).toEqual(['failure timeout', 'ignored', 'success']);
  });

  it.each<[signal: string, fired: (reason: unknown) => AbortSignal]>([
    ['a signal', (reason) => AbortSignal.abort(reason)],
    ['one of several', (reason) => AbortSignal.any([new AbortController().signal, AbortSignal.abort(reason)])],
    ['a polyfill', (reason) => Object.assign(new EventTarget(), { aborted: true, reason }) as unknown as AbortSignal],
  ])(
    'a call whose signal fired before is not made, chosen for or counted, and rejects with the reason: %s',
    async (_signal, fired) => {
      let asked = 0;
      const { fetch, permits, outcomes } = watch({
        fetch: async () => {
          asked++;
          return new Response();
        },
      });
      for (const state of ['closed', 'open', 'half-open']) {
        if (state === 'open') permits.breaker.trip();
        if (state === 'half-open') permits.breaker.halfOpen();
        for (const reason of [new Error('never mind'), 'a text', null, 0, new DOMException('late', 'TimeoutError')]) {
          await expect(fetch(server.url, { signal: fired(reason) })).rejects.toBe(reason);
        }
        expect(permits.breaker.state).toBe(state);
      }
      expect(asked).toBe(0);
      expect(outcomes).toEqual([]);
      expect(permits).toMatchObject({ issued: 0 });
      expect(permits.breaker.metrics()).toMatchObject({ calls: 0, ignored: 0, rejected: 0 });
    },
  );

  it('a signal that fired without a reason, as React Native’s do, rejects as an abort', async () => {
    const signal = { aborted: true } as AbortSignal;
    await expect(watch().fetch(server.url, { signal })).rejects.toHaveProperty('name', 'AbortError');
  });

  it('a stream that was to be sent is cancelled when the signal had fired before', async () => {
    const reasons: unknown[] = [];
    const body = new ReadableStream({ cancel: (reason) => void reasons.push(reason) });
    const init = { method: 'POST', body, duplex: 'half', signal: AbortSignal.abort('left') } as RequestInit;
    await expect(watch().fetch(server.url, init)).rejects.toBe('left');
    expect(reasons).toEqual(['left']);
  });

  it('a call aborted before it begins takes no permit, and is rejected with its reason even while the circuit is open', async () => {
    const { fetch, permits } = watch();
    permits.breaker.trip();
    const reason = new Error('never mind');
    await expect(fetch(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(fetch(new Request(server.url, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(permits).toMatchObject({ issued: 0 });
    expect(permits.breaker.metrics().rejected).toBe(0);
  });

  it.each<[whose: string, reason: unknown, outcome: string]>([
    ['Stripe’s', Object.assign(new TypeError('ETIMEDOUT'), { code: 'ETIMEDOUT' }), 'failure timeout'],
    ['undici’s', Object.assign(new Error('late'), { code: 'UND_ERR_HEADERS_TIMEOUT' }), 'failure timeout'],
    ['a client’s of its own', Object.assign(new Error('late'), { name: 'RequestTimeoutError' }), 'failure timeout'],
    ['one that brings it as its cause', new Error('late', { cause: { name: 'TimeoutError' } }), 'failure timeout'],
    ['a text', 'timeout', 'failure timeout'],
    ['an error about something else', Object.assign(new Error('left'), { code: 'ELEFT' }), 'ignored'],
    [
      'one that cannot be read',
      new Proxy(new Error(), {
        get() {
          throw new Error('no');
        },
      }),
      'ignored',
    ],
  ])('a reason that says timeout is a failure: %s', async (_whose, reason, outcome) => {
    const { fetch, outcomes } = watch();
    const controller = new AbortController();
    server.always({ does: 'hang' });
    const call = fetch(server.url, { signal: controller.signal });
    controller.abort(reason);
    await call.catch(() => undefined);
    expect(outcomes).toEqual([outcome]);
  });

  it('a classifier is not called for a call that its caller aborted', async () => {
    const asked: unknown[] = [];
    const { fetch, outcomes } = watch({ classify: (ending) => void asked.push(ending) });
    const controller = new AbortController();
    server.always({ does: 'hang' });
    const call = fetch(server.url, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(asked).toEqual([]);
    expect(outcomes).toEqual(['ignored']);
  });

  it('a probe that is aborted gives its place to the next', async () => {
    const { fetch, clock, permits } = watch();
    permits.breaker.trip();
    clock.advance(OPEN_FOR);
    const controller = new AbortController();
    server.always({ does: 'hang' });
    const probe = fetch(server.url, { signal: controller.signal });
    await expect(fetch(server.url)).rejects.toHaveProperty('code', 'EOPENBREAKER');
    controller.abort();
    await expect(probe).rejects.toThrow();
    server.always({ does: 'answer' });
    expect((await fetch(server.url)).status).toBe(200);
    expect(permits.breaker.state).toBe('closed');
  });
});
