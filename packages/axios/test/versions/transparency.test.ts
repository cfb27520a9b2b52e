import { text } from 'node:stream/consumers';
import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { type Behaviour, type FaultServer, faultServer, freePort } from '@switchgear/testkit';
import axios, { type AxiosInstance } from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';
import { portraitOf } from './portrait.ts';

let server: FaultServer;
let deadPort: number;
const { stackTraceLimit } = Error;
beforeAll(async () => {
  // So that our own frames do not push others off the end.
  Error.stackTraceLimit = 100;
  [server, deadPort] = await Promise.all([faultServer(), freePort()]);
});
afterAll(async () => {
  Error.stackTraceLimit = stackTraceLimit;
  await server.close();
});

/** Never opens: what is left to see is only that we are there. */
const protect = (instance: AxiosInstance) =>
  protectAxios(instance, { breaker: createBreaker({ name: 'far', openWhen: consecutiveFailures(1_000_000) }) });

const broken = () => {
  throw new Error('a mistake');
};
const json = { 'content-type': 'application/json', 'x-more': 'a, b', 'set-cookie': 'c=1' };
const answer = (status: number, body = '{"a":1}'): Behaviour => ({ does: 'answer', status, body, headers: json });
const headersOnly: Behaviour = { does: 'hang', headers: true };

type Scene = [rule: string, run: (instance: AxiosInstance) => Promise<unknown>, meets?: Behaviour];

/** Everything a program does with an instance, each on a plain one and on one of ours. */
const scenes: readonly Scene[] = [
  ['an answer', (instance) => instance.get('/'), answer(200)],
  ['an answer without a body', (instance) => instance.head('/'), answer(204, '')],
  ['a call of the instance itself', (instance) => instance({ url: '/', method: 'PUT', data: { b: 2 } }), answer(200)],
  ['a call with an address and a config', (instance) => instance('/', { params: { q: [1, 2] } }), answer(200)],
  ['a form', (instance) => instance.post('/', new URLSearchParams({ b: '2' })), answer(200)],
  ['a body of bytes', (instance) => instance.post('/', Buffer.from('bytes')), answer(200)],
  ['an answer in bytes', (instance) => instance.get('/', { responseType: 'arraybuffer' }), answer(200)],
  ['a status refused', (instance) => instance.get('/'), answer(404)],
  ['a status accepted', (instance) => instance.get('/', { validateStatus: null }), answer(503)],
  ['invalid JSON', (instance) => instance.get('/', { responseType: 'json' }), answer(200, '{')],
  [
    'invalid JSON that must be valid',
    (instance) => instance.get('/', { responseType: 'json', transitional: { silentJSONParsing: false } }),
    answer(200, '{'),
  ],
  ['transformRequest that throws', (instance) => instance.post('/', {}, { transformRequest: broken })],
  ['transformResponse that throws', (instance) => instance.get('/', { transformResponse: broken })],
  ['a timeout', (instance) => instance.get('/', { timeout: 30 }), { does: 'hang' }],
  // Long enough for the headers to come on a busy machine, too: before them it would be another timeout.
  ['a timeout after the headers', (instance) => instance.get('/', { timeout: 250 }), headersOnly],
  ['a body cut off', (instance) => instance.get('/'), { does: 'half-body' }],
  ['a reset', (instance) => instance.get('/'), { does: 'reset' }],
  ['a closed port', (instance) => instance.get(`http://127.0.0.1:${deadPort}/`)],
  ['too many redirects', (instance) => instance.get('/', { maxRedirects: 2 }), { does: 'redirect-loop' }],
  ['a redirect not followed', (instance) => instance.get('/', { maxRedirects: 0 }), { does: 'redirect-loop' }],
  ['an invalid address', (instance) => instance.get('http://[::1:/')],
  ['an unsupported scheme', (instance) => instance.get('ftp://127.0.0.1/')],
  ['an invalid header', (instance) => instance.get('/', { headers: { 'x y': '1' } })],
  ['an unknown adapter', (instance) => instance.get('/', { adapter: 'nobody' })],
  ['an adapter of the request', (instance) => instance.get('/ok', { adapter: memoryAdapter() })],
  ['a body too long', (instance) => instance.get('/', { maxContentLength: 1 }), answer(200)],
  ['a signal aborted before', (instance) => instance.get('/', { signal: AbortSignal.abort('mine') })],
  ['a signal that aborts', (instance) => instance.get('/', { signal: AbortSignal.timeout(20) }), { does: 'hang' }],
  [
    'a token that cancels',
    (instance) => {
      const { token, cancel } = axios.CancelToken.source();
      const request = instance.get('/', { cancelToken: token });
      cancel('mine');
      return request;
    },
  ],
  [
    'a stream',
    async (instance) => {
      const { data, ...response } = await instance.get('/', { responseType: 'stream' });
      return { ...response, type: data.constructor, text: await text(data) };
    },
    answer(200),
  ],
  [
    'a stream that breaks off',
    async (instance) => text((await instance.get('/', { responseType: 'stream' })).data),
    { does: 'half-body' },
  ],
  ['interceptors in their order', tracedInterceptors, answer(200)],
  [
    'an interceptor that throws',
    (instance) => {
      instance.interceptors.request.use(broken);
      return instance.get('/');
    },
  ],
  [
    'a request repeated with its old config',
    async (instance) => instance((await instance.get('/')).config),
    answer(200),
  ],
  ['progress', progress, answer(200, 'x'.repeat(10_000))],
  ['what transformers are called with', transformers, answer(200)],
  ['getUri', async (instance) => instance.getUri({ url: '/x', params: { q: 1 } })],
  ['an instance made of it', async (instance) => (await madeOf(instance).get('/')).data, answer(200)],
];

describe.each(NETWORK_ADAPTERS)('over %s a program sees no difference in', (adapter) => {
  it.each(scenes)('%s', async (_rule, run, meets) => {
    server.always(meets ?? { does: 'answer' });
    const plain = axios.create({ adapter, baseURL: server.url });
    const ours = axios.create({ adapter, baseURL: server.url });
    protect(ours);
    const portraits: unknown[] = [];
    for (const instance of [plain, ours]) portraits.push(await portraitOf(async () => run(instance)));
    expect(portraits[1]).toEqual(portraits[0]);
  });
});

describe('an instance of ours is like any other', () => {
  const adapter = memoryAdapter();
  const plain = axios.create({ adapter });
  const ours = axios.create({ adapter });
  protect(ours);

  it('in its properties, and in its defaults but for the adapter', () => {
    const shape = (value: object) => [typeof value, Reflect.ownKeys(value), Object.getPrototypeOf(value)];
    for (const of of [
      (instance: AxiosInstance) => instance,
      ({ defaults }: AxiosInstance) => defaults,
      ({ interceptors }: AxiosInstance) => interceptors.request,
      ({ interceptors }: AxiosInstance) => interceptors.response,
    ]) {
      expect(shape(of(ours))).toEqual(shape(of(plain)));
    }
    expect({ ...ours.defaults, adapter }).toEqual({ ...plain.defaults });
  });

  it('in calling its adapter at once, with the config alone and no `this`', () => {
    const calls: unknown[] = [];
    const observing = axios.create({
      adapter: function (this: unknown, ...args: unknown[]) {
        calls.push([this, args.length]);
        return Promise.reject(new Error('enough'));
      },
    });
    protect(observing);
    observing.get('/').catch(() => undefined);
    expect(calls).toEqual([[undefined, 1]]);
  });

  it('in an unhandled error: it is reported once, and is the same object', async () => {
    const down = new Error('down');
    const failing = axios.create({ adapter: () => Promise.reject(down) });
    protect(failing);
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    const seen: unknown[] = [];
    process.on('unhandledRejection', (reason) => seen.push(reason));
    void failing.get('/');
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    expect(seen).toEqual([down]);
    expect(seen[0]).toBe(down);
  });

  it('in what it says of itself in JSON', () => {
    const [listed, ofOurs] = [axios.create(), axios.create()];
    protect(ofOurs);
    protect(ofOurs);
    expect(JSON.stringify(ofOurs.defaults)).toBe(JSON.stringify(listed.defaults));
    expect(JSON.stringify(ours.defaults)).toBe(JSON.stringify(plain.defaults));
  });
});

function madeOf(instance: AxiosInstance): AxiosInstance {
  return axios.create(axios.mergeConfig?.(instance.defaults as never, {}) as never);
}

async function tracedInterceptors(instance: AxiosInstance): Promise<unknown> {
  const trace: string[] = [];
  const { request, response } = instance.interceptors;
  const note =
    (name: string) =>
    <T>(value: T) => {
      trace.push(name);
      return value;
    };
  request.use(note('q1'), null, { synchronous: true });
  request.use(note('q2'));
  request.use(note('never'), null, { runWhen: () => false });
  const ejected = response.use(note('gone'));
  response.use(note('s1'));
  response.use(async (value) => note('s2')(value));
  response.eject(ejected);
  await instance.get('/');
  return trace;
}

async function progress(instance: AxiosInstance): Promise<unknown> {
  const loaded: unknown[] = [];
  await instance.get('/', { onDownloadProgress: ({ loaded: bytes, total }) => loaded.push([bytes, total]) });
  return loaded.at(-1);
}

async function transformers(instance: AxiosInstance): Promise<unknown> {
  const seen: unknown[] = [];
  function note(this: unknown, ...args: unknown[]): unknown {
    seen.push(Object.keys(Object(this)), args.length);
    return args[0];
  }
  await instance.post('/', 'x', { transformRequest: [note], transformResponse: [note] });
  return seen;
}
