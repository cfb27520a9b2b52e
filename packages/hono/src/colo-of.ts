import { read } from '@switchgear/core/adapter';
import type { Context } from 'hono';

/**
 * The data centre of Cloudflare that a request came in at, `FRA`, as part of a key for a registry of breakers: an upstream may be
 * out of reach from one of them alone. `'none'` where there is none, as on other runtimes. There are a few hundred.
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
