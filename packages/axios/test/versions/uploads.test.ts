import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable, Stream } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { createBreaker } from '@switchgear/core';
import { countPermits } from '@switchgear/testkit';
import axios, { type AxiosRequestConfig } from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';

const MISSING = '/nowhere/to/be/found';
const mine = Object.assign(new Error('the source broke'), { code: 'EMINE' });

/** Answers with the body when all of it is there; under `/reset` resets at its first piece. */
const server = createServer(async (request, response) => {
  request.on('error', () => undefined);
  if (request.url === '/reset') request.once('data', () => request.socket.resetAndDestroy());
  else response.end(await text(request).catch(() => ''));
});
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close().closeAllConnections());

async function* broken(pieces = 1) {
  for (let i = 0; i < pieces; i++) yield Buffer.from('piece');
  throw mine;
}

async function* endless() {
  for (;;) {
    await new Promise(setImmediate);
    yield Buffer.from('piece');
  }
}

/** A stream as they were before there was `errored`, as forms of the package `form-data` are. */
function older(): Stream {
  const stream = Object.assign(new Stream(), { readable: true, resume() {}, pause() {}, destroy() {} });
  setTimeout(() => stream.emit('error', mine), 20);
  return stream;
}

const sources: Readonly<Record<string, () => unknown>> = {
  'a stream over a generator': () => Readable.from(broken()),
  'a stream that breaks at once': () => Readable.from(broken(0)),
  // Under fetch, Node ends the process for such an error unless its stream is listened to before a connection is there.
  'a file that is missing': () => createReadStream(MISSING).on('error', () => undefined),
  'a file that is missing, in a pipeline': () => pipeline(createReadStream(MISSING), createGzip(), () => undefined),
  'a stream that is destroyed': () => new Readable({ read: destroy(mine) }),
  'a stream that is destroyed without a reason': () => new Readable({ read: destroy() }),
  'a stream that breaks like a network': () =>
    new Readable({ read: destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' })) }),
};

function destroy(reason?: Error) {
  return function (this: Readable) {
    this.destroy(reason);
  };
}

describe.each(NETWORK_ADAPTERS)('over %s', (adapter) => {
  function underTest(config?: AxiosRequestConfig) {
    const outcomes: string[] = [];
    const permits = countPermits(createBreaker({ name: 'uploads' }));
    permits.breaker.subscribe(({ outcome, kind }) => outcomes.push([outcome, kind].filter(Boolean).join(' ')), {
      outcomes: true,
    });
    const client = axios.create({ adapter, ...config });
    protectAxios(client, { breaker: permits.breaker });
    return { client, outcomes, permits };
  }

  it.each(Object.entries(sources))(
    'an upload whose source breaks on this side is ignored: %s',
    async (_what, source) => {
      for (const config of [{}, { onUploadProgress: () => undefined }]) {
        const { client, outcomes, permits } = underTest(config);
        await expect(client.post(url, source())).rejects.toThrow();
        expect(outcomes).toEqual([expect.stringMatching('^ignored')]);
        expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
      }
    },
  );

  it('the caller gets the error of the source, as without a breaker', async () => {
    const { client } = underTest();
    const causes = [];
    for (const each of [client, axios.create({ adapter })]) {
      causes.push(await each.post(url, Readable.from(broken())).catch(({ code, cause }) => [code, cause]));
    }
    expect(causes[1]).toEqual(causes[0]);
  });

  it('a network that breaks during an upload counts', async () => {
    const { client, outcomes } = underTest();
    await expect(client.post(`${url}/reset`, Readable.from(endless()))).rejects.toThrow();
    await expect(client.post(`${url}/reset`, 'a text')).rejects.toThrow();
    expect(outcomes).toEqual(Array(2).fill(expect.stringMatching(/^failure (ECONNRESET|EPIPE|UND_ERR_SOCKET)$/)));
  });

  it('what is uploaded arrives, and nothing of ours stays on its stream', async () => {
    const { client, outcomes } = underTest();
    const stream = Readable.from([Buffer.from('all of it')]);
    expect((await client.post(url, stream)).data).toBe('all of it');
    expect(stream.eventNames().filter((name) => typeof name === 'symbol')).toEqual([]);
    expect(outcomes).toEqual(['success']);
  });
});

describe('over http', () => {
  it('a stream of older times that breaks is the caller’s, and is listened to no longer than its call', async () => {
    const breaker = createBreaker({ name: 'older' });
    const client = axios.create({ adapter: 'http' });
    protectAxios(client, { breaker });
    const stream = older();
    await expect(client.post(url, stream)).rejects.toThrow('the source broke');
    expect(breaker.metrics()).toMatchObject({ failures: 0, ignored: 1 });
    expect(stream.eventNames().filter((name) => typeof name === 'symbol')).toEqual([]);
  });
});

describe.each(NETWORK_ADAPTERS.filter((adapter) => adapter === 'fetch'))('over %s', () => {
  it.each<[what: string, config: AxiosRequestConfig]>([
    ['as it is', {}],
    ['watched for its progress', { onUploadProgress: () => undefined }],
  ])('a stream of the web that breaks is the caller’s: %s', async (_what, config) => {
    const breaker = createBreaker({ name: 'web' });
    const client = axios.create({ adapter: 'fetch', ...config });
    protectAxios(client, { breaker });
    for (const reason of [mine, 'a text', new TypeError('fetch failed')]) {
      let given = 0;
      const pull = (controller: ReadableStreamDefaultController) => {
        if (given++ > 0) controller.error(reason);
        else controller.enqueue(Buffer.from('piece'));
      };
      await expect(client.post(url, new ReadableStream({ pull }))).rejects.toThrow();
    }
    expect(breaker.metrics()).toMatchObject({ failures: 0, ignored: 3 });
  });
});

describe('files that cannot be read', () => {
  const unreadable = Object.assign(new Blob(['x']), {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  });

  it.each<[what: string, data: Blob, counts: object]>([
    ['are ignored', unreadable, { failures: 0, ignored: 1 }],
    ['are not those that can', new Blob(['x']), { failures: 1, ignored: 0 }],
  ])(
    'where a browser gives no reason they are read, and the caller does not wait: they %s',
    async (_what, data, counts) => {
      const breaker = createBreaker({ name: 'files' });
      const down = () => Promise.reject(new axios.AxiosError('Network Error', 'ERR_NETWORK'));
      const client = axios.create({ adapter: down });
      protectAxios(client, { breaker });
      await expect(client.post('/', data)).rejects.toHaveProperty('code', 'ERR_NETWORK');
      await expect.poll(() => breaker.metrics()).toMatchObject(counts);
    },
  );
});
