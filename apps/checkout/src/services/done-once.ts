import type { Context } from 'hono';

/** Things done, each once for its `Idempotency-Key`. */
export interface DoneOnce<Thing> {
  /** Does it, unless there is one under the request's key. */
  add(context: Context, thing: Thing): void;

  /** What was done, in order. */
  all(): readonly Thing[];
}

/** Nothing done yet. It lives as long as its process. */
export function createDoneOnce<Thing>(): DoneOnce<Thing> {
  const done = new Map<unknown, Thing>();
  return {
    add(context, thing) {
      const key = context.req.header('Idempotency-Key') ?? Symbol('no key');
      if (!done.has(key)) done.set(key, thing);
    },
    all: () => [...done.values()],
  };
}
