import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/** How Hono calls the method of a route for all methods, which a middleware's is too. */
const ALL = 'ALL';

/**
 * The pattern of the route that answers this request, `/users/:id`, as a key for a registry of breakers: there are as many
 * as the app has routes, however many paths are asked for. It is known before `next()`. Where no route answers it is the
 * pattern of a middleware, `/*`.
 *
 * Methods share it; `${c.req.method} ${routeOf(c)}` keeps them apart.
 *
 * @example
 * ```ts
 * const registry = createRegistry({ options: (route) => ({ name: route }) });
 * app.use(circuitBreaker({ breaker: (c) => registry.get(routeOf(c)) }));
 * ```
 */
export function routeOf(c: Context): string {
  const routes = matchedRoutes(c);
  // Those after it match also, but never get their turn: a page for everything else must not be the key of all.
  const answering = routes.find(({ method, handler }) => method !== ALL || handler.length < 2) ?? routes.at(-1);
  return answering?.path ?? '/*';
}
