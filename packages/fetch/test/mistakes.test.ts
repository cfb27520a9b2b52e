import { faultServer } from '@switchgear/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watch } from './watch.ts';

async function start() {
  const server = await faultServer();
  onTestFinished(() => server.close());
  return server;
}

describe('a caller’s mistake takes no permit', () => {
  it.each(['http://[::1', 'not an address', '/relative', '', 'foo://somewhere', 'http://a:b@'])(
    'when the address is %j',
    async (address) => {
      const { fetch, permits } = watch();
      permits.breaker.setMode('isolated');
      await expect(fetch(address)).rejects.toThrow(TypeError);
      expect(permits).toMatchObject({ issued: 0 });
      expect(permits.breaker.metrics().rejected).toBe(0);
    },
  );

  it('when the body has been used up', async () => {
    const server = await start();
    const { fetch, permits } = watch();
    const request = new Request(server.url, { method: 'POST', body: 'once' });
    await request.text();
    await expect(fetch(request)).rejects.toThrow(TypeError);
    expect(permits.issued).toBe(0);
    expect((await fetch(request, { body: 'another' })).status).toBe(200);
    expect(permits.issued).toBe(1);
  });
});

describe('a body that is being read already takes no permit', () => {
  const spent: Readonly<Record<string, () => Promise<ReadableStream>>> = {
    'a stream that is locked': async () => {
      const stream = new Blob(['x']).stream();
      stream.getReader();
      return stream;
    },
    'a stream that has been read from': async () => {
      const stream = new Blob(['x']).stream();
      const reader = stream.getReader();
      await reader.read();
      reader.releaseLock();
      return stream;
    },
  };

  it.each(Object.entries(spent))('%s', async (_what, made) => {
    const server = await start();
    const { fetch, permits } = watch();
    permits.breaker.setMode('isolated');
    const init = { method: 'POST', body: await made(), duplex: 'half' } as RequestInit;
    await expect(fetch(server.url, init)).rejects.toThrow(TypeError);
    expect(permits.issued).toBe(0);
    expect(permits.breaker.metrics().rejected).toBe(0);
  });

  it('and one that is locked in a Request is ignored', async () => {
    const server = await start();
    const { fetch, outcomes } = watch();
    const request = new Request(server.url, { method: 'POST', body: 'x' });
    request.body?.getReader();
    await expect(fetch(request)).rejects.toThrow(TypeError);
    expect(outcomes).toEqual(['ignored mistake']);
  });
});

describe('a caller’s mistake that only the platform finds is ignored', () => {
  it.each<[mistake: string, init: RequestInit | undefined, url?: string]>([
    ['a GET with a body', { body: 'x' }],
    ['a header’s name with a space', { headers: { 'a b': 'x' } }],
    ['a header’s value that is not bytes', { headers: { a: '€' } }],
    ['a method of two words', { method: 'GO ON' }],
    ['a stream without duplex', { method: 'POST', body: new ReadableStream() }],
    ['a HEAD with a body', { method: 'HEAD', body: 'x' }],
    ['a signal that is an object', { signal: {} as AbortSignal }],
    ['a signal that is a number', { signal: 5 as never }],
    ['options that are a number', 5 as never],
    ['options that are a text', 'x' as never],
    ['options that are true', true as never],
    ['invalid headers', { headers: 5 as never }],
    ['an invalid redirect mode', { redirect: 'bogus' as never }],
    ['a body that is a symbol', { method: 'POST', body: Symbol('x') as never }],
    ['credentials in the address', undefined, 'http://somebody:secret@127.0.0.1'],
    ['a port that fetch forbids', undefined, 'http://127.0.0.1:1'],
  ])('%s', async (_mistake, init, url) => {
    const server = await start();
    const { fetch, permits, outcomes } = watch();
    permits.breaker.trip();
    permits.breaker.halfOpen();
    await expect(fetch(url ?? server.url, init)).rejects.toThrow(TypeError);
    expect(outcomes).toEqual([expect.stringMatching(/^ignored (mistake|network)$/)]);
    expect(permits.breaker.state).toBe('half-open');
    expect((await fetch(server.url)).status).toBe(200);
    expect(permits.breaker.state).toBe('closed');
  });

  it('a getter of its options that throws', async () => {
    const server = await start();
    const { fetch, outcomes } = watch();
    const mine = new Error('a getter with a mistake');
    const init = {
      get headers(): Headers {
        throw mine;
      },
    };
    await expect(fetch(server.url, init)).rejects.toBe(mine);
    expect(outcomes).toEqual(['ignored mistake']);
  });

  it('a signal that is a polyfill, where the platform takes only its own', async () => {
    const foreign = Object.assign(new EventTarget(), { aborted: false, reason: undefined }) as unknown as AbortSignal;
    const { fetch, outcomes } = watch();
    const server = await start();
    await expect(fetch(server.url, { signal: foreign })).rejects.toThrow(TypeError);
    expect(outcomes).toEqual(['ignored mistake']);
  });

  it.each<[what: string, mistake: boolean, body: NonNullable<RequestInit['body']>, keepalive?: boolean]>([
    ['a text', true, 'x'.repeat(65_537)],
    ['a text of fewer letters than bytes', true, '€'.repeat(21_846)],
    ['a form', true, new URLSearchParams({ a: 'x'.repeat(65_535) })],
    ['a blob', true, new Blob(['x'.repeat(65_537)])],
    ['bytes', true, new Uint8Array(65_537)],
    ['a body of unknown length', true, new FormData()],
    ['as much as is allowed', false, 'x'.repeat(65_536)],
    ['more, without keepalive', false, 'x'.repeat(65_537), false],
  ])(
    'more bytes than keepalive may have, which browsers call a network error: %s',
    async (_what, mistake, body, keepalive = true) => {
      const { fetch, outcomes } = watch({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
      await expect(fetch('http://a.example', { method: 'POST', keepalive, body })).rejects.toThrow();
      const request = new Request('http://a.example', { method: 'POST', keepalive, body });
      await expect(fetch(request)).rejects.toThrow();
      // The length of a Request's body is unknown.
      expect(outcomes).toEqual([
        mistake ? 'ignored mistake' : 'failure network',
        keepalive ? 'ignored mistake' : 'failure network',
      ]);
    },
  );

  it('a port that Deno forbids, with an error that only its message distinguishes', async () => {
    const refusal = new TypeError('Fetch failed: Requests to port 1 are blocked');
    const { fetch, outcomes } = watch({ fetch: () => Promise.reject(refusal) });
    await expect(fetch('http://a.example:1')).rejects.toBe(refusal);
    expect(outcomes).toEqual(['ignored mistake']);
  });

  it('a lost network is no mistake, though it gives the same error', async () => {
    const { fetch, outcomes } = watch({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    const stream = new ReadableStream();
    const init = { method: 'POST', headers: { a: 'b' }, body: stream, duplex: 'half' } as RequestInit;
    await expect(fetch('http://a.example', init)).rejects.toThrow();
    await expect(fetch('http://a.example')).rejects.toThrow();
    expect(outcomes).toEqual(['failure network', 'failure network']);
    expect(stream.locked).toBe(false);
  });
});

it('what a custom fetch accepts is no mistake when the network fails it', async () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const { fetch, outcomes } = watch({ fetch: () => Promise.reject(new TypeError('fetch failed', { cause: refused })) });
  await expect(fetch('http://somebody:secret@a.example')).rejects.toThrow();
  expect(outcomes).toEqual(['failure ECONNREFUSED']);
});

describe('where no service is called, no permit is taken', () => {
  it('for data and blobs', async () => {
    const { fetch, permits } = watch();
    permits.breaker.setMode('isolated');
    expect(await (await fetch('data:,hello')).text()).toBe('hello');
    expect(await (await fetch(URL.createObjectURL(new Blob(['hello'])))).text()).toBe('hello');
    expect(permits.issued).toBe(0);
  });
});

describe('a relative address', () => {
  const answer = async () => new Response('ok');

  it('is protected where its base is given', async () => {
    const asked: string[] = [];
    const { fetch, permits } = watch({ fetch: answer, base: 'https://page.example/a/' });
    await fetch('b?c');
    expect(permits.issued).toBe(1);
    const other = watch({
      fetch: answer,
      base: new URL('https://page.example/a/'),
      breaker: ({ method, url }) => void asked.push(`${method} ${url}`),
    });
    await other.fetch('b?c', { method: 'put' });
    expect(asked).toEqual(['PUT https://page.example/a/b?c']);
  });

  it('reaches fetch as it was given', async () => {
    const reached: unknown[] = [];
    const send = async (...args: unknown[]) => {
      reached.push(...args);
      return new Response('ok');
    };
    const { fetch } = watch({ fetch: send, base: 'https://page.example' });
    await fetch('/b');
    expect(reached).toEqual(['/b']);
  });
});
