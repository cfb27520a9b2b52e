import type { Breaker } from '@switchgear/core';
import type { Context, MiddlewareHandler } from 'hono';

/** What may not stand between quotes in a header. */
const UNQUOTABLE = /[^\x20-\x7e]|["\\]/g;

/**
 * Middleware that says in `Server-Timing` where circuits stand when an answer leaves, for the network panel of a browser. They
 * are named there: leave it out, or give none, where whoever asks should not know what is behind a service.
 *
 * @param breakers those to tell of, a registry too, or a function that picks them for a request
 * @example
 * ```ts
 * app.use(circuitTiming((c) => (c.env.STAGE === 'development' ? circuits : [])));
 * ```
 */
export function circuitTiming(breakers: Iterable<Breaker> | ((c: Context) => Iterable<Breaker>)): MiddlewareHandler {
  return async function circuitTiming(c, next) {
    await next();
    for (const { name, state } of typeof breakers === 'function' ? breakers(c) : breakers) {
      c.header('server-timing', `circuit;desc="${name.replace(UNQUOTABLE, '')}: ${state}"`, { append: true });
    }
  };
}
