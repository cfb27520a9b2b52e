import type { Breaker } from '@switchgear/core';
import { type Context, Hono, type Next } from 'hono';
import { Board } from '../board/board.ts';
import { detailOf } from '../board/detail-of.ts';
import { groupOf } from '../board/group-of.ts';
import type { History } from '../history/history.ts';
import { historyOf, observe } from '../history/observe.ts';
import type { ObservedHistory } from '../history/observed-history.ts';
import { impact } from '../impact/impact.ts';
import { requirePrices } from '../impact/prices.ts';
import { sendEvents } from './events.ts';
import type { DashboardOptions } from './options.ts';
import { takeOrder } from './orders.ts';
import { pageOf } from './page.ts';

/**
 * A page that shows circuit breakers at work, with its JSON and SSE, to be mounted in any Hono app on any runtime. The breakers are
 * observed from now on. Whoever may see the app may see the page: put your own middleware in front of it.
 *
 * @param breakers any iterable of breakers; of a registry also those made later; or a history that {@link observe} returned
 * @throws {TypeError | RangeError} for what are no breakers, and for an option out of range
 * @example
 * ```ts
 * app.route('/breakers', dashboard(registry));
 * ```
 */
export function dashboard(breakers: Iterable<Breaker> | History, options: DashboardOptions = {}): Hono {
  const { title = 'Circuit breakers', group = groupOf, prices = {}, authorize } = options;
  requirePrices(prices);
  const history = (historyOf(breakers) ?? observe(breakers as Iterable<Breaker>, options)) as ObservedHistory;
  const board = new Board(history, group);
  const setting = { title, controls: authorize !== undefined };
  // Drawn at the first request: Workers have no chance before.
  let instance: string | undefined;

  const app = new Hono();
  app.get(
    '/',
    own((c) => page(c, title)),
  );
  app.get(
    '/api/breakers',
    own((c) => c.json(board.world(setting).world)),
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
    own((c) => takeOrder(c, board, options)),
  );
  app.get(
    '/events',
    own((c) => {
      instance ??= crypto.randomUUID();
      return sendEvents(c, board, setting, instance);
    }),
  );
  app.get('*', withoutSlash);
  return app;
}

/** Headers of every answer of ours; not as middleware, for beside us other routes of the app may be mounted. */
function own(answer: (c: Context) => Response | Promise<Response>): (c: Context) => Promise<Response> {
  return async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    return await answer(c);
  };
}

/** Hono tells `/breakers/` from `/breakers`. Relative, for a proxy may have put something before it. */
async function withoutSlash(c: Context, next: Next): Promise<void> {
  await next();
  const [name] = /[^/]+(?=\/$)/.exec(c.req.path) ?? [];
  if (name && c.res.status === 404) c.res = c.redirect(`../${name}`, 308);
}

function page(c: Context, title: string): Response {
  const { html, policy } = pageOf(title);
  c.header('Content-Security-Policy', policy);
  return c.html(html);
}
