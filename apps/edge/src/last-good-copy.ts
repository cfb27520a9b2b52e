import type { Context, Next } from 'hono';

/** A response as plain data, because on Workers a `Response` belongs to the request that received it. */
export interface Copy {
  readonly body: string;
  readonly type: string;

  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Limits of the copies. */
export interface CopiesOptions {
  /** The maximum number of copies; beyond that, the least recently used is dropped. */
  readonly max: number;

  /** The longest body that is kept, in characters. */
  readonly longest: number;

  /** Milliseconds after which a copy is too old to be served. */
  readonly oldest: number;
}

/** Last good answers by path, in memory and bounded, since paths come from outside. */
export class Copies {
  readonly #options: CopiesOptions;
  /** Maps keep the order of insertion, so the first key is the least recently used one. */
  readonly #copies = new Map<string, Copy>();

  constructor(options: CopiesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#copies.size;
  }

  keep(path: string, copy: Copy): void {
    this.#copies.delete(path);
    if (copy.body.length > this.#options.longest) return;
    this.#copies.set(path, copy);
    const [leastUsed] = this.#copies.keys();
    if (this.#copies.size > this.#options.max && leastUsed !== undefined) this.#copies.delete(leastUsed);
  }

  /** The copy of this path, if there is one and it is not too old by then. */
  find(path: string, at: number): Copy | undefined {
    const copy = this.#copies.get(path);
    if (!copy) return undefined;
    this.#copies.delete(path);
    if (at - copy.at > this.#options.oldest) return undefined;
    this.#copies.set(path, copy);
    return copy;
  }
}

/** At most 500 copies of 16,384 characters: 16 MB, an eighth of a Worker's memory. */
export const copies: Copies = new Copies({ max: 500, longest: 16_384, oldest: 3_600_000 });

/** Keeps good responses and serves them while a circuit is open, with their age and a header that marks them as copies. */
export async function lastGoodCopy(c: Context, next: Next): Promise<void> {
  await next();
  const key = c.req.path;
  if (c.res.status === 200) {
    const body = await c.res.clone().text();
    copies.keep(key, { body, type: c.res.headers.get('content-type') ?? 'text/plain', at: Date.now() });
  } else if (c.res.headers.get('x-circuit-breaker') === 'open') {
    const copy = copies.find(key, Date.now());
    // Cleared first, because Hono would keep the headers of the refusal.
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
      // Whole seconds, as in HTTP caches. no-store keeps copies from being cached further.
      age: String(Math.floor(age / 1_000)),
      'cache-control': 'no-store',
      'x-copy-age-ms': String(age),
    },
  });
}
