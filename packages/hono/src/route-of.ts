import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { alwaysAnswers } from './handlers.ts';

type Route = ReturnType<typeof matchedRoutes>[number];

/** How Hono calls the method of a route for all methods, which `use` makes too. */
const ALL = 'ALL';

/** The end of a pattern that stands for any number of paths. */
const CATCH_ALL = /\*$|\{\.[*+]\}$/;

/**
 * The pattern of the route that answers this request, `/users/:id`, as a key for a registry of breakers: there are as many
 * as the app has routes, however many paths are asked for. It is known before `next()`, and the same after it. Where no
 * route answers it is the pattern of a middleware, `/*`.
 *
 * Middleware is told from handlers as Hono itself does, by taking a second parameter, `next`, however it was registered.
 * Methods share a pattern; `${c.req.method} ${routeOf(c)}` keeps them apart.
 *
 * @example
 * ```ts
 * const registry = createRegistry({ options: (route) => ({ name: route }) });
 * app.use(circuitBreaker({ breaker: (c) => registry.get(routeOf(c)) }));
 * ```
 */
export function routeOf(c: Context): string {
  // Those before the one that runs now have had their turn, and did not answer.
  const ahead = matchedRoutes(c).slice(c.req.routeIndex);
  const end = ahead.findIndex(({ handler }) => alwaysAnswers(handler));
  // Those after it match also, but never get their turn.
  const answering = end < 0 ? undefined : ahead[end];
  if (answering && !CATCH_ALL.test(answering.path)) return answering.path;
  // A handler may take `next` and not need it. A page for everything else must not become the key of its route.
  const own = ahead
    .slice(0, end < 0 ? undefined : end)
    .filter(isOfOneRoute)
    .at(-1);
  return (own ?? answering ?? ahead.at(-1))?.path ?? '/*';
}

function isOfOneRoute({ method, path }: Route): boolean {
  return method !== ALL && !CATCH_ALL.test(path);
}
