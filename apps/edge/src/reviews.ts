import { breakerProxy } from '@switchgear/hono';
import { proxy } from 'hono/proxy';
import { breakerBefore } from './circuits.ts';
import { inTime } from './in-time.ts';
import type { Upstreams } from './upstreams.ts';

/** Reviews, proxied unchanged from their service. */
export const reviews = breakerProxy({
  to: (c) => new URL(c.req.path, (c.env as Upstreams).REVIEWS),
  breaker: (c) => breakerBefore('reviews', c),
  forward: (url, c) => inTime(c, (terms) => proxy(url, terms)),
});
