import { type Breaker, consecutiveFailures, createRegistry } from '@switchgear/core';
import { dashboard } from '@switchgear/dashboard';
import { impact } from '@switchgear/dashboard/impact';
import { Hono } from 'hono';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';

const needs = ['fetch'] as const;

/** What `@switchgear/dashboard` promises wherever a Hono app runs. */
export const dashboardSpecs: readonly Spec[] = [
  {
    name: 'dashboard: the page is one document that runs only its own script',
    needs,
    async run() {
      const { app } = mounted();
      const answer = await app.request('/breakers');
      const [nonce] = /(?<=script-src 'nonce-)\w+/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
      equal((await answer.text()).includes(`<script type="module" nonce="${nonce}">`), true);
    },
  },
  {
    name: 'dashboard: the JSON has the state of each breaker and its savings, and reading it does not move a circuit',
    needs,
    async run() {
      const { app, breakers, breaker } = mounted();
      for (let i = 0; i < 5; i++) breaker.tryAcquire()?.settle('failure', 1);
      for (let i = 0; i < 2; i++) {
        const { rows } = (await (await app.request('/breakers/api/breakers')).json()) as {
          rows: { id: string; state: string }[];
        };
        equal(
          rows.map(({ id, state }) => [id, state]),
          [['payments', 'open']],
        );
      }
      equal(breaker.metrics().rejected, 3);
      // Through another entry point, which is another file.
      equal(impact(breakers).figures.callsSpared.low, 3);
    },
  },
  {
    name: 'dashboard: an order without authority does nothing',
    needs,
    async run() {
      const { app, breaker } = mounted();
      const order = JSON.stringify({ breaker: 'payments', order: 'trip' });
      const headers = { 'content-type': 'application/json', origin: 'http://localhost' };
      equal((await app.request('/breakers/api/orders', { method: 'POST', headers, body: order })).status, 403);
      equal(breaker.state, 'closed');
    },
  },
  {
    name: 'dashboard: an order is authorized before its body is read',
    needs: ['fetch', 'timers'],
    async run() {
      const headers = { 'content-type': 'application/json', origin: 'http://localhost' };
      // A page cannot say that it is another one, so it cannot send an order to itself either.
      if (!new Request('http://localhost', { headers }).headers.has('origin')) return;
      let pulled = 0;
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            pulled += 1;
            controller.enqueue(new Uint8Array(1_000));
          },
        },
        { highWaterMark: 0 },
      );
      const pulledWhenAsked: number[] = [];
      const { app } = mounted({ authorize: () => pulledWhenAsked.push(pulled) === 0 });
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      equal((await app.request('/breakers/api/orders', init)).status, 403);
      equal(pulledWhenAsked, [0]);
      // Ten kilobytes of it are enough, and what the stream keeps ready.
      equal(pulled < 20, true);
    },
  },
  {
    name: 'dashboard: breakers may be named like properties of every object',
    needs,
    async run() {
      const { app, breakers } = mounted({ names: ['__proto__', 'constructor', 'toString'] });
      for (const breaker of breakers) breaker.tryAcquire()?.settle('failure', 1);
      const { rows } = (await (await app.request('/breakers/api/breakers')).json()) as { rows: { id: string }[] };
      equal(
        rows.map(({ id }) => id),
        ['payments', '__proto__', 'constructor', 'toString'],
      );
      for (const { id } of rows) equal((await app.request(`/breakers/api/breaker?id=${id}`)).status, 200);
      equal((await app.request('/breakers/api/impact')).status, 200);
    },
  },
  {
    name: 'dashboard: a stream of events beyond the limit is refused',
    needs: ['fetch', 'timers'],
    async run() {
      const { app } = mounted({ streams: 1 });
      const first = await app.request('/breakers/events');
      equal((await app.request('/breakers/events')).status, 503);
      await first.body?.cancel();
      const next = await app.request('/breakers/events');
      equal(next.status, 200);
      await next.body?.cancel();
    },
  },
  {
    name: 'dashboard: events begin with a full state and continue with changes',
    needs: ['fetch', 'timers'],
    async run() {
      const { app, breaker } = mounted();
      const reader = (await app.request('/breakers/events')).body?.getReader();
      const text = new TextDecoder();
      const next = async (event: string): Promise<string> => {
        let read = '';
        while (!read.includes(`event: ${event}`)) read += text.decode((await reader?.read())?.value);
        return read;
      };
      await next('state');
      breaker.trip();
      equal((await next('changes')).includes('"state":"open"'), true);
      await reader?.cancel();
    },
  },
];

interface Setting {
  readonly authorize?: () => boolean;
  readonly streams?: number;
  readonly names?: readonly string[];
}

function mounted({ names = [], ...options }: Setting = {}): {
  app: Hono;
  breakers: Iterable<Breaker>;
  breaker: Breaker;
} {
  const breakers = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(2) }) });
  const breaker = breakers.get('payments');
  for (const name of names) breakers.get(name);
  return { app: new Hono().route('/breakers', dashboard(breakers, options)), breakers, breaker };
}
