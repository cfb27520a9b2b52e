import type { Pool } from 'pg';

/** Told of an idle connection that was lost. */
type Hear = (error: unknown) => void;

interface Watch {
  readonly listeners: Set<Hear>;
  readonly emit: Hear;
}

const watches: WeakMap<Pool, Watch> = new WeakMap();

/**
 * Listens to the errors of a pool's idle connections while this package uses the pool: without a listener each of them
 * ends the process. However many use a pool at the same time, it gets one listener.
 *
 * @returns what stops listening
 */
export function watchPool(pool: Pool, hear: Hear = () => undefined): () => void {
  const { listeners, emit } = watches.get(pool) ?? begin(pool);
  // A function of its own for each, so that one that is given twice is there twice.
  const listener: Hear = (error) => hear(error);
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    watches.delete(pool);
    pool.off('error', emit);
  };
}

function begin(pool: Pool): Watch {
  const listeners = new Set<Hear>();
  const emit: Hear = (error) => {
    for (const hear of listeners) hear(error);
  };
  watches.set(pool, { listeners, emit });
  pool.on('error', emit);
  return { listeners, emit };
}
