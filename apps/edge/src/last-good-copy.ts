import type { Context, Next } from 'hono';
import { Copies } from './copies.ts';

/** Copies that an isolate can afford: 500 of 16 kB at most are 16 MB, an eighth of what a Worker has. */
export const copies: Copies = new Copies({ max: 500, longest: 16_384, oldest: 3_600_000 });

/** Keeps what goes well, and shows it again while a circuit is open: with its age, and a mark that says it is a copy. */
export async function lastGoodCopy(c: Context, next: Next): Promise<void> {
  await next();
  const key = c.req.path;
  if (c.res.status === 200) {
    const body = await c.res.clone().text();
    copies.keep(key, { body, type: c.res.headers.get('content-type') ?? 'text/plain', at: Date.now() });
  } else if (c.res.headers.get('x-circuit-breaker') === 'open') {
    const copy = copies.find(key, Date.now());
    // Taken away first: Hono would keep the headers of the refusal.
    if (copy) {
      c.res = undefined;
      c.res = showing(copy, Date.now());
    }
  }
}

function showing({ body, type, at }: { body: string; type: string; at: number }, now: number): Response {
  const age = Math.max(0, now - at);
  return new Response(body, {
    headers: {
      'content-type': type,
      // Whole seconds, as caches have it; and so that nobody keeps it any longer.
      age: String(Math.floor(age / 1_000)),
      'cache-control': 'no-store',
      'x-copy-age-ms': String(age),
    },
  });
}
