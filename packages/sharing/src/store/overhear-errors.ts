/** What emits its errors: a client, a pool or a connection. */
export interface Emits {
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  off?(event: 'error', listener: (error: unknown) => void): unknown;
}

type Hear = (error: unknown) => void;

/** Who listens to each client. Each has one listener of ours, because Node warns from the eleventh on. */
const listening = new WeakMap<Emits, { readonly ears: Set<Hear>; readonly tell: Hear }>();

/**
 * Listens to the errors that a client emits by itself when its server goes away. Without a listener, they end the process
 * (pools of pg, node-redis) or are printed each time (ioredis).
 *
 * @returns a function that stops it
 */
export function overhearErrors(client: Emits, hear: Hear): () => void {
  let known = listening.get(client);
  if (!known) {
    const ears = new Set<Hear>();
    known = {
      ears,
      tell: (error) => {
        for (const ear of ears) ear(error);
      },
    };
    listening.set(client, known);
    client.on?.('error', known.tell);
  }
  const { ears, tell } = known;
  // Another function each time, so that who listens twice stops once for each.
  const ear: Hear = (error) => hear(error);
  ears.add(ear);
  return () => {
    ears.delete(ear);
    if (ears.size > 0 || listening.get(client)?.ears !== ears) return;
    listening.delete(client);
    client.off?.('error', tell);
  };
}
