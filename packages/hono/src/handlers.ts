import { read } from '@switchgear/core/adapter';
import type { Handler, MiddlewareHandler } from 'hono';
import { HonoBase } from 'hono/hono-base';

/** Where Hono keeps the handler of a part of an app that has an `onError` of its own. */
const COMPOSED = '__COMPOSED_HANDLER';

type Registered = Handler | MiddlewareHandler;

let known: WeakMap<Registered, boolean> | undefined;
let mountShape: string | undefined;

/**
 * Whether a request that reaches this function gets no further: it takes no `next`, or it is a mounted app. Asked for each
 * request, so what was found out is kept.
 */
export function alwaysAnswers(registered: Registered): boolean {
  known ??= new WeakMap();
  let answer = known.get(registered);
  if (answer === undefined) {
    const handler = withoutOnError(registered);
    answer = handler.length < 2 || isMount(handler);
    known.set(registered, answer);
  }
  return answer;
}

function withoutOnError(registered: Registered): Registered {
  const inner = read(registered, COMPOSED);
  return typeof inner === 'function' ? withoutOnError(inner as Registered) : registered;
}

/**
 * Whether `mount` has made it. It takes `next`, but only for what the mounted app leaves unanswered, and nothing but its
 * code shows what it is; that is compared with the code of one that we mount ourselves, of the same version and as small as
 * a bundler may have made it.
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

/** A function's code without its names and what may be left out of it. */
function shapeOf(handler: unknown): string {
  return String(handler)
    .replace(/[\w$]+/g, '_')
    .replace(/[\s;{}]/g, '');
}
