import { breakerProxy } from '@switchgear/hono';
import { proxy } from 'hono/proxy';
import { reviewsBreaker } from './circuits.ts';
import { TIME_LIMIT, type Upstreams } from './upstreams.ts';

/** Reviews, passed on as they are from a service of their own. */
export const reviews = breakerProxy({
  to: (c) => new URL(c.req.path, (c.env as Upstreams).REVIEWS),
  breaker: reviewsBreaker,
  forward: (url) => proxy(url, { signal: AbortSignal.timeout(TIME_LIMIT) }),
});
