/** What emits its errors: a client, a pool or a connection. */
export interface Emits {
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  off?(event: 'error', listener: (error: unknown) => void): unknown;
}

/**
 * Listens to the errors that a client emits by itself when its server goes away. Without a listener, they end the process
 * (pools of pg, node-redis) or are printed each time (ioredis).
 *
 * @returns a function that stops it
 */
export function overhearErrors(client: Emits, hear: (error: unknown) => void): () => void {
  client.on?.('error', hear);
  return () => client.off?.('error', hear);
}
