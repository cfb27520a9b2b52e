import { read } from '@switchgear/core/adapter';
import type { Request } from 'express';

/**
 * The pattern of a request's route, such as `/users/:id`, as a key for a registry of breakers: there are as many keys as
 * routes, however many paths are requested. Methods share a pattern; `${req.method} ${routeOf(req)}` keeps them apart.
 *
 * Express knows the route only once it has reached it, so the breaker has to stand on the route. A router that is mounted
 * under a path with parameters contributes that path as it was requested.
 *
 * @throws {Error} where there is no route yet: in `app.use(…)`
 * @example
 * ```ts
 * const routes = createRegistry({ options: (route) => ({ name: route }) });
 * const guarded = circuitBreaker({ breaker: (req) => routes.get(routeOf(req)) });
 * app.get('/users/:id', guarded, sendUser);
 * ```
 */
export function routeOf(req: Request): string {
  const path = read(req.route, 'path');
  if (path === undefined) {
    throw new Error(
      'Switchgear: routeOf needs a breaker that stands on a route, as in app.get(path, circuitBreaker({ … }), handler); in app.use there is no route yet',
    );
  }
  return req.baseUrl + String(path);
}
