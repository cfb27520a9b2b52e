/** Runs each request of a Worker in a store of its own, and records the points where it sees the store of another. */
import { AsyncLocalStorage } from 'node:async_hooks';

const client = new AsyncLocalStorage<string>();
const found: string[] = [];

/** The points that requests reached, with the store seen there if it was another's. */
export const whereFound: readonly string[] = found;

/** Records that a request reached this point. Its upstream address names its client; other requests are not recorded. */
export function note(here: string, address: string): void {
  const own = URL.canParse(address) ? new URL(address).searchParams.get('client') : null;
  if (own === null) return;
  const whose = client.getStore();
  found.push(whose === own ? here : `${here}: ${own} in the store of ${whose ?? 'nobody'}`);
}

/** Forgets it all. */
export function forget(): void {
  found.splice(0);
}

/** Answers a request in the store of the client that it names. */
export function inItsStore<T>(request: Request, act: () => T): T {
  return client.run(request.headers.get('client') ?? 'a client without a name', act);
}

/** The runtime's own. */
export const { fetch: send } = globalThis;

/** Records every call of fetch: by our proxy through Hono's, by our fetch, by a handler. */
globalThis.fetch = (...args) => {
  const [input] = args;
  note('call', input instanceof Request ? input.url : String(input));
  return send(...args);
};
