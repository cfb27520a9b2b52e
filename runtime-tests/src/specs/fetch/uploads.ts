import { breakerFetch } from '@switchgear/fetch';
import { address } from '../kit/address.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'server', 'abort', 'timers'] as const;

/** Browsers send streams only over HTTP/2, so they do not read them here, and do not report why a `Request` failed. */
const isBrowser = () => 'document' in globalThis;

const sources: Readonly<Record<string, (pieces: number) => unknown>> = {
  'a stream': (pieces) => breaking(pieces, new Error('mine')),
  'a stream that breaks with a text': (pieces) => breaking(pieces, 'mine'),
  'a stream that breaks with a TypeError': (pieces) => breaking(pieces, new TypeError('mine')),
  'a stream that breaks with a code': (pieces) =>
    breaking(pieces, Object.assign(new Error('mine'), { code: 'ECONNRESET' })),
  'a generator': generator,
};

/** Uploads through `breakerFetch`. */
export const fetchUploads: readonly Spec[] = [
  {
    name: 'fetch: an upload whose own source fails is not a failure of the service',
    needs,
    async run({ server }) {
      if (isBrowser()) return;
      for (const [what, source] of Object.entries(sources)) {
        for (const pieces of [0, 2]) {
          const { breaker } = watched();
          const call = breakerFetch({ breaker });
          await left(call(address(server, '/read').url, post(source(pieces))));
          equal([what, pieces, breaker.metrics().failures], [what, pieces, 0]);
        }
      }
    },
  },
  {
    name: 'fetch: an upload in a Request whose source fails is not a failure of the service if the runtime reports it',
    needs,
    async run({ server }) {
      if (isBrowser()) return;
      for (const [what, source] of Object.entries(sources)) {
        const { breaker } = watched();
        await left(breakerFetch({ breaker })(new Request(address(server, '/read').url, post(source(1)))));
        equal([what, breaker.metrics().failures], [what, 0]);
      }
    },
  },
  {
    name: 'fetch: an upload arrives complete, in chunks or not',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      const call = breakerFetch({ breaker });
      const bodies = [() => 'all of it', () => new Blob(['all of it'])];
      if (!isBrowser())
        bodies.push(
          () => new Blob(['all of it']).stream() as never,
          () => pieces('all ', 'of it') as never,
        );
      for (const body of bodies) {
        const { url } = address(server, '/read');
        equal(await (await call(url, post(body()))).text(), 'all of it');
        equal(await (await call(new Request(url, post(body())))).text(), 'all of it');
      }
      equal([breaker.metrics().calls, breaker.metrics().failures], [2 * bodies.length, 0]);
    },
  },
  {
    name: 'fetch: a connection that is reset during an upload is a failure',
    needs,
    async run({ server }) {
      const { breaker } = watched();
      await left(breakerFetch({ breaker })(address(server, '/reset').url, post(pieces('some', 'thing'))));
      equal(breaker.metrics().failures, isBrowser() ? breaker.metrics().failures : 1);
    },
  },
];

function post(body: unknown): RequestInit {
  return { method: 'POST', body, duplex: 'half' } as RequestInit;
}

async function left(call: Promise<Response>): Promise<void> {
  const answer = await call.catch(() => undefined);
  await answer?.body?.cancel();
}

function breaking(pieces: number, reason: unknown): ReadableStream {
  let given = 0;
  return new ReadableStream({
    pull(controller) {
      if (given++ === pieces) controller.error(reason);
      else controller.enqueue(new TextEncoder().encode('piece'));
    },
  });
}

async function* generator(pieces: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < pieces; i++) yield new TextEncoder().encode('piece');
  throw new Error('mine');
}

function pieces(...texts: readonly string[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}
