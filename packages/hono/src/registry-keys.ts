import { read } from '@switchgear/core/adapter';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import { HonoBase } from 'hono/hono-base';
import { matchedRoutes } from 'hono/route';

/** The method under which Hono registers a route for all methods, and middleware added by `use`. */
const ALL = 'ALL';

/** The end of a pattern that matches any number of paths. */
const CATCH_ALL = /\*$|\{\.[*+]\}$/;

/** Where Hono keeps the handler of a sub-app that has an `onError` of its own. */
const COMPOSED = '__COMPOSED_HANDLER';

/**
 * The pattern of the route that answers this request, such as `/users/:id`, as a key for a registry of breakers: there are
 * as many keys as routes, however many paths are requested. It is the same before and after `next()`. If no route answers,
 * it is the pattern of a middleware, `/*`.
 *
 * Middleware is told from handlers as Hono does it: it takes a second parameter, `next`, however it was registered. Methods
 * share a pattern; `${c.req.method} ${routeOf(c)}` keeps them apart.
 *
 * @example
 * ```ts
 * const registry = createRegistry({ options: (route) => ({ name: route }) });
 * app.use(circuitBreaker({ breaker: (c) => registry.get(routeOf(c)) }));
 * ```
 */
export function routeOf(c: Context): string {
  // Handlers before the current one have run already and did not answer.
  const ahead = matchedRoutes(c).slice(c.req.routeIndex);
  const end = ahead.findIndex(({ handler }) => alwaysAnswers(handler));
  const answering = end < 0 ? undefined : ahead[end];
  if (answering && !CATCH_ALL.test(answering.path)) return answering.path;
  // A handler may take `next` and not call it; the catch-all page behind it must not become the key of its route.
  const specific = ahead
    .slice(0, end < 0 ? undefined : end)
    .filter(({ method, path }) => method !== ALL && !CATCH_ALL.test(path))
    .at(-1);
  return (specific ?? answering ?? ahead.at(-1))?.path ?? '/*';
}

/**
 * The Cloudflare data centre that a request came in at, such as `FRA`, as part of a key for a registry of breakers, because
 * an upstream may be unreachable from one of them alone. There are a few hundred. `'none'` on other runtimes.
 *
 * @example
 * ```ts
 * breakerProxy({ to: 'https://api.internal', breaker: (c) => registry.get(`api from ${coloOf(c)}`) });
 * ```
 */
export function coloOf(c: Context): string {
  const colo = read(read(c.req.raw, 'cf'), 'colo');
  return typeof colo === 'string' ? colo : 'none';
}

type Registered = Handler | MiddlewareHandler;

let answers: WeakMap<Registered, boolean> | undefined;
let mountShape: string | undefined;

/**
 * Whether a request that reaches this function goes no further: it takes no `next`, or it is a mounted app. Remembered,
 * because it is asked for each request.
 */
function alwaysAnswers(registered: Registered): boolean {
  answers ??= new WeakMap();
  let answer = answers.get(registered);
  if (answer === undefined) {
    const handler = withoutOnError(registered);
    answer = handler.length < 2 || isMount(handler);
    answers.set(registered, answer);
  }
  return answer;
}

function withoutOnError(registered: Registered): Registered {
  const inner = read(registered, COMPOSED);
  return typeof inner === 'function' ? withoutOnError(inner as Registered) : registered;
}

/**
 * Whether `mount` made this handler. It takes `next`, but only for what the mounted app leaves unanswered, and only its
 * source tells it apart: that is compared with a mount of our own, made by the same version and the same bundler.
 */
function isMount(handler: Registered): boolean {
  mountShape ??= shapeOf(mounted());
  return shapeOf(handler) === mountShape;
}

function mounted(): unknown {
  const router = { name: 'none', add: () => undefined };
  const app = new HonoBase({ router: router as never });
  app.mount?.('/', () => undefined as never);
  return app.routes[0]?.handler;
}

/** A function's source without names, spaces and punctuation that a bundler may change. */
function shapeOf(handler: unknown): string {
  return String(handler)
    .replace(/[\w$]+/g, '_')
    .replace(/[\s;{}]/g, '');
}
