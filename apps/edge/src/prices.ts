import { breakerFetch, isBreakerResponse } from '@switchgear/fetch';
import type { Context } from 'hono';
import { breakerBefore } from './circuits.ts';
import { inTime } from './in-time.ts';
import type { Upstreams } from './upstreams.ts';

/** The service's response for an item. */
interface Price {
  readonly cents: number;
  readonly currency: string;
}

/** A formatted price from a service called with `fetch`. Any code that uses fetch can be protected like this. */
export async function prices(c: Context<{ Bindings: Upstreams }>): Promise<Response> {
  const url = new URL(c.req.path, c.env.PRICES);
  // While the circuit is open, breakerFetch answers itself: 503 with Retry-After and a header that marks it as a refusal.
  const fetchPrice = breakerFetch({ breaker: breakerBefore('prices', c), onOpen: 'respond' });
  const answer = await inTime(c, (terms) => fetchPrice(url, terms));
  if (isBreakerResponse(answer)) return answer;
  if (!answer.ok) return c.json({ error: 'no price' }, answer.status === 404 ? 404 : 502);
  const { cents, currency } = (await answer.json()) as Price;
  return c.json({ item: c.req.param('item'), price: `${(cents / 100).toFixed(2)} ${currency}` });
}
