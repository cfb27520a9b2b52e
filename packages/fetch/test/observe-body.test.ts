import { type FaultServer, faultServer } from '@switchgear/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watch } from './watch.ts';

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer();
});
afterEach(() => server.close());

const observeBody = true;

/** A body in pieces, which breaks off with an error if there is one. */
function pieces(parts: readonly string[], error?: unknown): ReadableStream<Uint8Array> {
  const left = parts.map((part) => new TextEncoder().encode(part));
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else if (error === undefined) controller.close();
      else controller.error(error);
    },
  });
}

describe('a body that breaks off', () => {
  it('is one more failure with observeBody, with the error that the platform gave', async () => {
    const { fetch, outcomes, permits } = watch({ observeBody });
    server.next({ does: 'half-body' });
    const response = await fetch(server.url);
    expect(outcomes).toEqual(['success']);
    await expect(response.text()).rejects.toMatchObject({ name: 'TypeError', message: 'terminated' });
    expect(outcomes).toEqual(['success', expect.stringMatching(/^failure (UND_ERR_SOCKET|ECONNRESET)$/)]);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0, recorded: 1 });
  });

  it('counts once, however many copies of it are read', async () => {
    const { fetch, outcomes } = watch({ observeBody });
    server.next({ does: 'half-body' });
    const response = await fetch(server.url);
    const copies = [response.clone(), response];
    const errors = await Promise.all(copies.map((copy) => copy.text().catch((error: Error) => error.message)));
    expect(errors).toEqual(['terminated', 'terminated']);
    expect(outcomes).toHaveLength(2);
  });

  it('is ignored when the caller aborted, and a timeout when a signal timed out', async () => {
    const { fetch, outcomes } = watch({ observeBody });
    for (const reason of [undefined, new DOMException('late', 'TimeoutError')]) {
      const controller = new AbortController();
      server.next({ does: 'hang', headers: true });
      const response = await fetch(server.url, { signal: controller.signal });
      const read = response.text();
      controller.abort(reason);
      await expect(read).rejects.toBe(controller.signal.reason);
    }
    expect(outcomes).toEqual(['success', 'success', 'failure timeout']);
  });

  it('is ignored when its reader stops early', async () => {
    const cancelled: unknown[] = [];
    const body = new ReadableStream({ cancel: (reason) => void cancelled.push(reason) });
    const { fetch, outcomes } = watch({ observeBody, fetch: async () => new Response(body) });
    await (await fetch('http://a.example')).body?.cancel('enough');
    expect([cancelled, outcomes]).toEqual([['enough'], ['success']]);
  });

  it('is passed to the classifier, as any error is', async () => {
    const lost = new Error('lost');
    const { fetch, outcomes } = watch({
      observeBody,
      fetch: async () => new Response(pieces(['a'], lost)),
      classify: (ending) => ('error' in ending && ending.error === lost ? { outcome: 'ignored' } : undefined),
    });
    await expect((await fetch('http://a.example')).text()).rejects.toBe(lost);
    expect(outcomes).toEqual(['success']);
  });

  it('does not count without observeBody', async () => {
    const given = new Response('x');
    const { fetch } = watch({ fetch: async () => given });
    expect(await fetch('http://a.example')).toBe(given);
  });
});

describe('an answer whose body is observed', () => {
  it('keeps address, status, headers, bytes, and so do its clones', async () => {
    const { fetch, outcomes } = watch({ observeBody });
    server.next({ does: 'answer', status: 302, headers: { location: '/next' } });
    server.next({ does: 'answer', status: 201, headers: { 'x-own': 'y' }, body: 'hello' });
    const response = await fetch(server.url);
    expect(response).toBeInstanceOf(Response);
    for (const each of [response.clone().clone(), response]) {
      const { url, redirected, type, status, ok, headers } = each;
      expect({ url, redirected, type, status, ok, own: headers.get('x-own') }).toEqual({
        url: `${server.url}/next`,
        redirected: true,
        type: 'basic',
        status: 201,
        ok: true,
        own: 'y',
      });
      expect([each.bodyUsed, await each.text(), each.bodyUsed]).toEqual([false, 'hello', true]);
    }
    expect(outcomes).toEqual(['success']);
  });

  it('can be read in every way that bodies are read', async () => {
    const { fetch } = watch({ observeBody, fetch: async () => new Response(pieces(['{"a"', '', ':1}'])) });
    const ask = async () => fetch('http://a.example');
    expect(await (await ask()).json()).toEqual({ a: 1 });
    expect((await (await ask()).arrayBuffer()).byteLength).toBe(7);
    expect((await (await ask()).blob()).size).toBe(7);
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await ask()).body ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('{"a":1}');
    const lent = (await ask()).body?.getReader({ mode: 'byob' });
    const read: number[] = [];
    for (;;) {
      const { done, value } = (await lent?.read(new Uint8Array(3))) ?? { done: true };
      if (done) break;
      read.push(value?.byteLength ?? 0);
    }
    expect(read.reduce((sum, each) => sum + each)).toBe(7);
  });

  it('is read only when its reader asks', async () => {
    let pulled = 0;
    const source = new ReadableStream(
      { pull: (controller) => (pulled++ === 0 ? controller.enqueue(new Uint8Array(1)) : controller.close()) },
      { highWaterMark: 0 },
    );
    const { fetch } = watch({ observeBody, fetch: async () => new Response(source) });
    const response = await fetch('http://a.example');
    await new Promise(setImmediate);
    expect(pulled).toBe(0);
    expect((await response.arrayBuffer()).byteLength).toBe(1);
  });

  it.each<[what: string, given: () => Response]>([
    ['without a body', () => new Response(null, { status: 204 })],
    ['that stands for an error', () => Response.error()],
    ['that is a mock', () => ({ status: 200, body: 'text' }) as never],
    [
      'that is being read already',
      () => {
        const read = new Response('x');
        read.body?.getReader();
        return read;
      },
    ],
  ])('is the original, if it is one %s', async (_what, given) => {
    const response = given();
    const { fetch } = watch({ observeBody, fetch: async () => response });
    expect(await fetch('http://a.example')).toBe(response);
  });
});
