/** A Worker with everything of ours made at module scope: a route, a fetch, a proxy and a binding, each behind a breaker. */

import { WorkerEntrypoint } from 'cloudflare:workers';
import { consecutiveFailures, fixed, probes } from '@switchgear/core';
import { breakerFetch } from '@switchgear/fetch';
import {
  type Binding,
  type Breaker,
  type BreakerEvent,
  bindingFetch,
  breakerProxy,
  circuitBreaker,
  classifyUpstream,
  createBreaker,
} from '@switchgear/hono';
import { type Context, Hono } from 'hono';
import type { EdgeAnswer } from '../specs/requests/answers.ts';
import { forget, inItsStore, note, send, whereFound } from './whose-store.ts';

interface Bindings {
  readonly OTHER: Binding;
  readonly RPC: { fail(how: string): Promise<string> };
}

/** How a call goes out. */
const WAYS = ['route', 'fetch', 'proxy', 'binding', 'rpc'] as const;

const isolate = String(Math.random());
const outcomes: Record<string, string[]> = {};
const breakers = Object.fromEntries(WAYS.map((way) => [way, breakerOf(way)])) as Record<(typeof WAYS)[number], Breaker>;

function breakerOf(name: string): Breaker {
  const recover = probes({ permitted: 1, successes: 1 });
  const openWhen = consecutiveFailures(2);
  const breaker = createBreaker({
    name,
    openWhen,
    openFor: fixed(60_000),
    recover,
    permitTimeout: 150,
    classify: classifyUpstream,
  });
  const seen: string[] = [];
  outcomes[name] = seen;
  breaker.subscribe(
    ({ type, outcome, kind }: BreakerEvent) => {
      if (type === 'outcome') seen.push(kind === undefined ? `${outcome}` : `${outcome} ${kind}`);
    },
    { outcomes: true },
  );
  return breaker;
}

/** The address that a request wants asked. */
const upstream = (c: Context): string => c.req.query('ask') ?? '';
const protectedFetch = breakerFetch({ breaker: breakers.fetch, onOpen: 'respond', observeBody: true });

const app = new Hono<{ Bindings: Bindings }>();
app.onError((error, c) => c.text(error.message, 502));
app.use('/:way/ask', async (c, next) => {
  await next();
  note(c.res.headers.has('x-circuit-breaker') ? 'refused' : 'answered', upstream(c));
});
app.get('/route/ask', circuitBreaker({ breaker: breakers.route }), (c) => fetch(upstream(c)));
app.get('/fetch/ask', (c) => protectedFetch(upstream(c)));
app.get('/proxy/ask', breakerProxy({ breaker: breakers.proxy, to: upstream }));
app.get('/binding/ask', (c) => {
  const fetch: Binding['fetch'] = (...args) => {
    note('call', upstream(c));
    return c.env.OTHER.fetch(...args);
  };
  const other = `http://other/other?ask=${encodeURIComponent(upstream(c))}`;
  return bindingFetch({ fetch }, { breaker: breakers.binding })(other);
});
app.get('/binding/fails', (c) => bindingFetch(c.env.OTHER, { breaker: breakers.binding })('http://other/fails'));
app.get('/rpc/fails', async (c) => c.text(await breakers.rpc.run(() => c.env.RPC.fail(c.req.query('how') ?? ''))));
// Another Worker, with stores of its own.
app.get('/other', (c) => send(upstream(c)));

app.get('/:way/:does', (c) => {
  const way = c.req.param('way');
  const breaker = breakers[way as keyof typeof breakers];
  const seen = outcomes[way] ?? [];
  if (c.req.param('does') === 'half-open') breaker.halfOpen();
  if (c.req.param('does') === 'reset') {
    breaker.reset();
    seen.splice(0);
    forget();
  }
  const { state } = breaker;
  return c.json({ isolate, state, lost: breaker.metrics().lost, outcomes: seen, whereFound } satisfies EdgeAnswer);
});

/** Another Worker, called by its methods. */
export class Other extends WorkerEntrypoint {
  fail(how: string): string {
    throw Object.assign(new Error('on the other side'), { name: how });
  }
}

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    // Not through Hono, which would handle the error.
    if (new URL(request.url).pathname === '/fails') throw new RangeError('on the other side');
    return inItsStore(request, () => app.fetch(request, env));
  },
};
