import type { Breaker } from '@switchgear/core';
import { type Context, Hono } from 'hono';
import { Board } from '../board/board.ts';
import { detailOf } from '../board/detail-of.ts';
import { groupOf } from '../board/group-of.ts';
import type { History, ObservedHistory } from '../history/history.ts';
import { historyOf, observe } from '../history/observe.ts';
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
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
  });
  app.get('/', (c) => page(c, title));
  app.get('/api/breakers', (c) => c.json(board.world(setting).world));
  app.get('/api/breaker', (c) => {
    const detail = detailOf(board, c.req.query('id') ?? '');
    return detail ? c.json(detail) : c.json({ error: 'There is no such breaker.' }, 404);
  });
  app.get('/api/impact', (c) => c.json(impact(history, prices)));
  app.post('/api/orders', (c) => takeOrder(c, board, options));
  app.get('/events', (c) => {
    instance ??= crypto.randomUUID();
    return sendEvents(c, board, setting, instance);
  });
  return app;
}

function page(c: Context, title: string): Response {
  const { html, policy } = pageOf(title);
  c.header('Content-Security-Policy', policy);
  c.header('Content-Type', 'text/html; charset=utf-8');
  return c.body(html);
}
