import { type Breaker, consecutiveFailures, createRegistry, dashboard } from '@switchgear/dashboard';
import { impact } from '@switchgear/dashboard/impact';
import { Hono } from 'hono';
import { equal } from '../check.ts';
import type { Spec } from '../spec.ts';

const needs = ['fetch'] as const;

/** What `@switchgear/dashboard` promises wherever a Hono app runs. */
export const dashboardSpecs: readonly Spec[] = [
  {
    name: 'dashboard: the page is one document that runs nothing but its own',
    needs,
    async run() {
      const { app } = mounted();
      const answer = await app.request('/breakers');
      const [nonce] = /(?<=script-src 'nonce-)\w+/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
      equal((await answer.text()).includes(`<script type="module" nonce="${nonce}">`), true);
    },
  },
  {
    name: 'dashboard: the JSON says where a breaker stands and what was saved, and asking moves nothing',
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
    name: 'dashboard: events begin with everything and go on with what has changed',
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
      await next('world');
      breaker.trip();
      equal((await next('changes')).includes('"state":"open"'), true);
      await reader?.cancel();
    },
  },
];

function mounted(): { app: Hono; breakers: Iterable<Breaker>; breaker: Breaker } {
  const breakers = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(2) }) });
  const breaker = breakers.get('payments');
  return { app: new Hono().route('/breakers', dashboard(breakers)), breakers, breaker };
}
