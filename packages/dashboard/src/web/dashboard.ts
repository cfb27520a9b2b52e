import type { Breaker } from '@switchgear/core';
import { ask } from '@switchgear/core/adapter';
import { type Context, Hono } from 'hono';
import { Board } from '../board/board.ts';
import { detailOf } from '../board/detail-of.ts';
import { groupOf } from '../board/row-of.ts';
import { Updates } from '../board/texts.ts';
import { togetherOf } from '../board/together-of.ts';
import type { History } from '../history/history.ts';
import { observeFor } from '../history/observe.ts';
import { impact } from '../impact/impact.ts';
import { sendEvents } from './events.ts';
import { checkOptions, type DashboardOptions } from './options.ts';
import { takeOrder } from './orders.ts';
import { pageOf } from './page.ts';
import { Streams } from './streams.ts';
import { withoutSlash } from './without-slash.ts';

/**
 * A page that shows circuit breakers live, with its JSON and event stream, to mount in any Hono app on any runtime. It observes the
 * breakers from now on. Anyone who can reach the app can see the page: protect it with your own middleware.
 *
 * @param breakers any iterable of breakers, a registry (including breakers created later), or a history returned by {@link observe}
 * @throws {TypeError | RangeError} if `breakers` contains something other than breakers, or an option is invalid
 * @example
 * ```ts
 * app.route('/breakers', dashboard(registry));
 * ```
 */
export function dashboard(breakers: Iterable<Breaker> | History, options: DashboardOptions = {}): Hono {
  const { page: setting, observe } = checkOptions(options);
  const {
    title = 'Circuit breakers',
    group,
    prices = {},
    sharing,
    balancers,
    authorize,
    streams: most = 100,
  } = setting;
  const history = observeFor('dashboard', breakers as Iterable<Breaker>, observe);
  const board = new Board(history, (name) => {
    const word: unknown = ask('group', history.options.reporter, group, name);
    return typeof word === 'string' ? word : groupOf(name);
  });
  const texts = new Updates(board, {
    title,
    sharing: sharing !== undefined,
    trees: balancers !== undefined,
    controls: authorize !== undefined,
  });
  const streams = new Streams(most);
  // Generated at the first request, because Workers forbid randomness at module scope.
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
      return detail ? c.json(detail) : c.json({ error: 'There is no breaker with this name.' }, 404);
    }),
  );
  app.get(
    '/api/impact',
    own((c) => c.json(impact(history, prices))),
  );
  app.get(
    '/api/sharing',
    own((c) => {
      const together = sharing && togetherOf(sharing, c.req.query('breaker'));
      return together
        ? c.json(together)
        : c.json({ error: 'This dashboard was created without the option sharing.' }, 404);
    }),
  );
  app.get(
    '/api/trees',
    own((c) =>
      balancers
        ? c.json(balancers.map((balancer) => ({ name: balancer.name, rows: balancer.rows() })))
        : c.json({ error: 'This dashboard was created without the option balancers.' }, 404),
    ),
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

/** Sets the headers of our own responses. Not a middleware, because that would also affect other routes mounted beside us. */
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
