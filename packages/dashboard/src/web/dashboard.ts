import type { Breaker } from '@switchgear/core';
import { ask } from '@switchgear/core/adapter';
import { type Context, Hono } from 'hono';
import { Board } from '../board/board.ts';
import { detailOf } from '../board/detail-of.ts';
import { groupOf } from '../board/group-of.ts';
import { Texts } from '../board/texts.ts';
import type { History } from '../history/history.ts';
import { observeFor } from '../history/observe.ts';
import { impact } from '../impact/impact.ts';
import { checkOptions } from './check-options.ts';
import { sendEvents } from './events.ts';
import type { DashboardOptions } from './options.ts';
import { takeOrder } from './orders.ts';
import { pageOf } from './page.ts';
import { Streams } from './streams.ts';
import { withoutSlash } from './without-slash.ts';

/**
 * A page that shows circuit breakers at work, with its JSON and SSE, to be mounted in any Hono app on any runtime. The breakers are
 * observed from now on. Whoever may see the app may see the page: put your own middleware in front of it.
 *
 * @param breakers any iterable of breakers; of a registry also those made later; or a history that {@link observe} returned
 * @throws {TypeError | RangeError} for something else than breakers, and for an option out of range, naming it, the rule and the value
 * @example
 * ```ts
 * app.route('/breakers', dashboard(registry));
 * ```
 */
export function dashboard(breakers: Iterable<Breaker> | History, options: DashboardOptions = {}): Hono {
  const { page: setting, observe } = checkOptions(options);
  const { title = 'Circuit breakers', group, prices = {}, authorize, streams: most = 100 } = setting;
  const history = observeFor('dashboard', breakers as Iterable<Breaker>, observe);
  const board = new Board(history, (name) => {
    const word: unknown = ask('group', history.options.reporter, group, name);
    return typeof word === 'string' ? word : groupOf(name);
  });
  const texts = new Texts(board, { title, controls: authorize !== undefined });
  const streams = new Streams(most);
  // Drawn at the first request: Workers have no chance before.
  let instance: string | undefined;

  const app = new Hono();
  app.get(
    '/',
    own((c) => page(c, title)),
  );
  app.get(
    '/api/breakers',
    own((c) => {
      c.header('Content-Type', 'application/json');
      return c.body(`{"now":${board.now},${texts.since(undefined).text}`);
    }),
  );
  app.get(
    '/api/breaker',
    own((c) => {
      const detail = detailOf(board, c.req.query('id') ?? '');
      return detail ? c.json(detail) : c.json({ error: 'There is no such breaker.' }, 404);
    }),
  );
  app.get(
    '/api/impact',
    own((c) => c.json(impact(history, prices))),
  );
  app.post(
    '/api/orders',
    own((c) => takeOrder(c, board, setting)),
  );
  app.get(
    '/events',
    own((c) => {
      instance ??= crypto.randomUUID();
      return sendEvents(c, board, texts, streams, instance);
    }),
  );
  app.get('*', withoutSlash);
  return app;
}

/** Headers of every answer of ours; not as middleware, because other routes of the app may be mounted beside us. */
function own(answer: (c: Context) => Response | Promise<Response>): (c: Context) => Promise<Response> {
  return async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    return await answer(c);
  };
}

function page(c: Context, title: string): Response {
  const { html, policy } = pageOf(title);
  c.header('Content-Security-Policy', policy);
  return c.html(html);
}
