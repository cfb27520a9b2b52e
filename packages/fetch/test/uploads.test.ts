import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CircuitOpenError } from '@switchgear/core';
import { OPEN_FOR } from '@switchgear/testkit';
import { describe, expect, it } from 'vitest';
import { bodyServer } from './body-server.ts';
import { watch } from './watch.ts';

const PIECE = new TextEncoder().encode('piece');
const MISSING = '/nowhere/to/be/found';
const mine = Object.assign(new Error('the source broke'), { code: 'EMINE' });

/** A stream of this many chunks, which then breaks with the given error. */
function breaking(pieces: number, reason: unknown = mine, strategy?: QueuingStrategy): ReadableStream {
  let given = 0;
  const pull = (controller: ReadableStreamDefaultController) => {
    if (given++ === pieces) return controller.error(reason);
    controller.enqueue(PIECE);
  };
  return new ReadableStream({ pull }, strategy);
}

async function* generator(pieces: number, reason: unknown = mine) {
  for (let i = 0; i < pieces; i++) yield PIECE;
  throw reason;
}

function post(body: unknown): RequestInit {
  return { method: 'POST', body, duplex: 'half' } as RequestInit;
}

/** What Node's fetch can send that may break by itself. */
const sources: Readonly<Record<string, () => unknown>> = {
  'a stream, before its first piece': () => breaking(0),
  'a stream, after some pieces': () => breaking(3),
  'a stream that is read chunk by chunk': () => breaking(3, mine, { highWaterMark: 0 }),
  'a stream that is broken already': () => new ReadableStream({ start: (controller) => controller.error(mine) }),
  'a stream of bytes': () =>
    new ReadableStream({
      type: 'bytes',
      pull() {
        throw mine;
      },
    }),
  'a stream that breaks with a text': () => breaking(1, 'a text'),
  'a stream that breaks with undefined': () => breaking(1, undefined),
  'a stream that breaks like a network': () => breaking(1, Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
  'a stream that breaks with a TypeError': () => breaking(1, new TypeError('fetch failed')),
  'a stream through another': () => breaking(1).pipeThrough(new TransformStream()),
  'a generator': () => generator(2),
  'a generator that breaks at once': () => generator(0, 'a text'),
  'an iterable of one’s own': () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(mine) }) }),
  // Node ends the process for such an error unless its stream is listened to before a connection is there.
  'a file that is missing': () => createReadStream(MISSING).on('error', () => undefined),
  'a file that is missing, as a stream of the web': () => Readable.toWeb(createReadStream(MISSING)),
  'a stream of Node’s over a generator': () => Readable.from(generator(1)),
  'a stream of Node’s that is destroyed': () => destroyed(mine),
  'a stream of Node’s that is destroyed without a reason': () => destroyed(),
};

function destroyed(reason?: Error): Readable {
  return new Readable({
    read() {
      this.destroy(reason);
    },
  });
}

describe('an upload whose source breaks on this side is ignored', () => {
  it.each(Object.entries(sources))('%s', async (_what, source) => {
    const url = await bodyServer();
    const { fetch, permits, outcomes } = watch();
    await expect(fetch(url, post(source()))).rejects.toThrow(TypeError);
    await expect(fetch(new Request(url, post(source())))).rejects.toThrow(TypeError);
    expect(outcomes).toEqual(['ignored upload', 'ignored upload']);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0, settledTwice: 0 });
  });

  it('where a browser gives no reason', async () => {
    const { fetch, outcomes } = watch({
      fetch: async (_input, init) => {
        await new Response(Object(init).body).text().catch(() => undefined);
        throw new TypeError('Failed to fetch');
      },
    });
    for (const body of [breaking(1), generator(1)]) {
      await expect(fetch('http://a.example', post(body))).rejects.toThrow('Failed to fetch');
    }
    expect(outcomes).toEqual(['ignored upload', 'ignored upload']);
  });

  it('and gives the place of a probe back', async () => {
    const url = await bodyServer();
    const { fetch, permits, clock } = watch();
    permits.breaker.trip();
    clock.advance(OPEN_FOR);
    await expect(fetch(url, post(breaking(1)))).rejects.toThrow();
    expect(permits.breaker.state).toBe('half-open');
    expect((await fetch(url)).status).toBe(200);
    expect(permits.breaker.state).toBe('closed');
  });

  it('whatever wraps the platform’s fetch', async () => {
    const url = await bodyServer();
    const { fetch, outcomes } = watch({ fetch: async (input, init) => globalThis.fetch(input, { ...init }) });
    await expect(fetch(url, post(breaking(1)))).rejects.toThrow();
    expect(outcomes).toEqual(['ignored upload']);
  });

  it('and a refusal that it brings from another breaker is that', async () => {
    const url = await bodyServer();
    const { fetch, outcomes } = watch();
    const refused = new CircuitOpenError('other', 1, { rule: 'trip', at: 0 });
    await expect(fetch(url, post(breaking(1, refused)))).rejects.toThrow();
    expect(outcomes).toEqual(['ignored EOPENBREAKER']);
  });

  it('but a network that breaks during an upload does', async () => {
    const url = `${await bodyServer()}/reset`;
    async function* endlessly() {
      for (;;) {
        await new Promise(setImmediate);
        yield PIECE;
      }
    }
    const endless = () => Readable.toWeb(Readable.from(endlessly()));
    const { fetch, outcomes } = watch();
    for (const body of [endless, endlessly, () => Readable.from(endlessly()), () => 'a text']) {
      await expect(fetch(url, post(body()))).rejects.toThrow();
      await expect(fetch(new Request(url, post(body())))).rejects.toThrow();
    }
    const failed = expect.stringMatching(/^failure (ECONNRESET|EPIPE|UND_ERR_SOCKET)$/);
    expect(outcomes).toEqual(Array(8).fill(failed));
  });
});

describe('files that cannot be read', () => {
  const failing = () => Promise.reject(new TypeError('Failed to fetch'));
  const unreadable = Object.assign(new Blob(['x']), {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  }) as unknown as Blob;

  /** A form that holds the blob itself, because Node's own holds a copy. */
  function form(file: Blob): FormData {
    const filled = new FormData();
    filled.set('a', 'text');
    const entries = () => [...FormData.prototype.entries.call(filled), ['file', file] as [string, File]].values();
    return Object.defineProperty(filled, Symbol.iterator, { value: entries });
  }

  it.each<[what: string, body: NonNullable<RequestInit['body']>, outcome: string]>([
    ['as a body', unreadable, 'ignored upload'],
    ['in a form', form(unreadable), 'ignored upload'],
    ['are not those that can', new Blob(['x']), 'failure network'],
    ['are not those of a form that can', form(new Blob(['x'])), 'failure network'],
  ])('are read where a browser gives no reason, and the caller does not wait: %s', async (_what, body, outcome) => {
    const { fetch, outcomes, permits } = watch({ fetch: failing });
    await expect(fetch('http://a.example', post(body))).rejects.toThrow('Failed to fetch');
    await expect.poll(() => outcomes).toEqual([outcome]);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });

  it.each(['NotReadableError', 'NotFoundError'])(
    'are recognised by the name that the File API gives: %s',
    async (name) => {
      const error = new TypeError('fetch failed', { cause: new DOMException('', name) });
      const { fetch, outcomes } = watch({ fetch: () => Promise.reject(error) });
      await expect(fetch('http://a.example', post(new Blob(['x'])))).rejects.toBe(error);
      expect(outcomes).toEqual([expect.stringMatching('^ignored')]);
    },
  );
});

describe('what is uploaded is what was given', () => {
  it.each<[what: string, body: () => unknown, sent: object]>([
    ['a stream', () => new Blob(['all of it']).stream(), { encoding: 'chunked' }],
    ['a generator', () => bytesOf('all ', 'of it'), { encoding: 'chunked' }],
    ['a stream of Node’s', () => Readable.from([Buffer.from('all of it')]), { encoding: 'chunked' }],
    ['a blob', () => new Blob(['all of it']), { length: '9' }],
    ['a text', () => 'all of it', { length: '9' }],
  ])('%s', async (_what, body, sent) => {
    const url = await bodyServer();
    const { fetch, outcomes } = watch();
    expect(await (await fetch(url, post(body()))).json()).toEqual({ body: 'all of it', ...sent });
    expect(await (await fetch(new Request(url, post(body())))).json()).toEqual({ body: 'all of it', ...sent });
    expect(outcomes).toEqual(['success', 'success']);
  });

  it('in options that are frozen, or have getters, or no prototype', async () => {
    const url = await bodyServer();
    const { fetch } = watch();
    const options = [
      Object.freeze(post(breaking(9).pipeThrough(take(2)))),
      Object.assign(Object.create(null), post(breaking(9).pipeThrough(take(2)))),
      Object.defineProperty({ body: breaking(9).pipeThrough(take(2)), duplex: 'half' }, 'method', {
        get: () => 'POST',
      }),
    ];
    for (const init of options) {
      const answer = await fetch(url, init);
      expect(await answer.json()).toMatchObject({ body: 'piecepiece' });
    }
  });

  it('and a stream is not read before it is sent, nor after it is left', async () => {
    const left: unknown[] = [];
    const stream = new ReadableStream({ cancel: (reason) => void left.push(reason) }, { highWaterMark: 0 });
    const { fetch } = watch({
      fetch: async (_input, init) => {
        expect(stream.locked).toBe(false);
        await (Object(init).body as ReadableStream).cancel('enough');
        return new Response();
      },
    });
    await fetch('http://a.example', post(stream));
    expect(left).toEqual(['enough']);
  });

  it('and a refused one is left alone, for another attempt', async () => {
    const url = await bodyServer();
    const { fetch, permits } = watch();
    const stream = new Blob(['later']).stream();
    permits.breaker.trip();
    await expect(fetch(url, post(stream))).rejects.toHaveProperty('code', 'EOPENBREAKER');
    expect(stream.locked).toBe(false);
    permits.breaker.reset();
    expect(await (await fetch(url, post(stream))).json()).toMatchObject({ body: 'later' });
  });
});

async function* bytesOf(...texts: readonly string[]) {
  for (const text of texts) yield new TextEncoder().encode(text);
}

function take(pieces: number): TransformStream {
  let taken = 0;
  return new TransformStream({
    transform(piece, controller) {
      controller.enqueue(piece);
      if (++taken === pieces) controller.terminate();
    },
  });
}
