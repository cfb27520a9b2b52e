import { bindingFetch, breakerProxy, circuitBreaker } from '@switchgear/hono';
import { type Context, Hono } from 'hono';
import { address } from '../kit/address.ts';
import { equal, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['fetch', 'abort'] as const;

/** Slow request bodies, and callers who have left. */
export const honoBodies: readonly Spec[] = [
  {
    name: 'hono: a request takes no probe until its body has arrived, and is answered then',
    needs,
    async run() {
      const { breaker, clock } = watched();
      const app = new Hono().use(circuitBreaker({ breaker })).all('*', async (c) => c.text(await c.req.text()));
      breaker.trip();
      clock.advance(1_000);
      const slow = slowRequest('hel', 'lo');
      const answer = app.request(slow.request);
      await slow.begun;
      equal([await (await app.request('/')).text(), await (await app.request('/')).text()], ['', '']);
      equal(breaker.state, 'closed');
      slow.finish();
      equal(await (await answer).text(), 'hello');
    },
  },
  {
    name: 'hono: a handler can read the body in every way, buffered or streamed',
    needs,
    async run() {
      const ways: readonly ((c: Context) => Promise<string>)[] = [
        (c) => c.req.text(),
        async (c) => new TextDecoder().decode(await c.req.arrayBuffer()),
        (c) => c.req.raw.text(),
        (c) => c.req.raw.clone().text(),
        (c) => new Request(c.req.raw).text(),
        (c) => new Response(c.req.raw.body).text(),
        async (c) => `${c.req.header('content-type')}`.slice(0, 4) && (await (await c.req.blob()).text()),
      ];
      for (const bufferBody of [1_000, 3, 0]) {
        for (const way of ways) {
          const { breaker } = watched();
          const app = new Hono().use(circuitBreaker({ breaker, bufferBody }), circuitBreaker({ breaker }));
          app.put('/', async (c) => c.text(`${c.req.method} ${c.req.header('x-own')} ${await way(c)}`));
          const init = { method: 'PUT', body: 'hello', headers: { 'x-own': 'y' } };
          equal(await (await app.request('/', init)).text(), 'PUT y hello');
        }
      }
    },
  },
  {
    name: 'hono: a body is forwarded through a proxy and a binding',
    needs: [...needs, 'server'],
    async run({ server = '' }) {
      const { breaker } = watched();
      const upstream = address(server, '/answer/201');
      const app = new Hono().all('*', breakerProxy({ to: server, breaker }));
      const answer = await app.request(upstream.url.slice(server.length), { method: 'POST', body: 'hello' });
      equal([answer.status, await upstream.reached()], [201, 1]);
      const other = {
        fetch: async (...args: Parameters<typeof fetch>) => new Response(await new Request(...args).text()),
      };
      const request = new Request('http://a.example/', { method: 'POST', body: 'hello' });
      equal(await (await bindingFetch(other, { breaker })(request)).text(), 'hello');
      equal(breaker.metrics().calls, 2);
    },
  },
  {
    name: 'hono: no permit is acquired for a caller who has already left, in any state',
    needs,
    async run() {
      const { breaker } = watched();
      const app = new Hono().use(circuitBreaker({ breaker })).all('*', (c) => c.text('made'));
      app.onError((error) => Promise.reject(error));
      const controller = new AbortController();
      const left = new Error('left');
      controller.abort(left);
      const { signal } = controller;
      for (const trouble of [false, true]) {
        if (trouble) breaker.trip();
        const request = () => new Request('http://a.example/', { signal });
        equal(await rejection(Promise.resolve().then(() => app.request(request()))), left);
        const other = { fetch: async () => new Response('made') };
        equal(await rejection(bindingFetch(other, { breaker })('http://a.example/', { signal })), left);
      }
      equal([breaker.metrics().calls, breaker.metrics().ignored, breaker.metrics().rejected], [0, 0, 0]);
    },
  },
];

/** A request whose body arrives in two chunks, the second when `finish` is called. */
function slowRequest(first: string, rest: string) {
  let finish = (): void => undefined;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes(first));
      finish = () => {
        controller.enqueue(bytes(rest));
        controller.close();
      };
    },
    pull: () => begin(),
  });
  const request = new Request('http://a.example/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  return { request, begun, finish: () => finish() };
}
