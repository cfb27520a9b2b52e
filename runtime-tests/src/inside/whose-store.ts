/** A Worker's requests each in a store of their own, and a note of each place where one found itself in another's. */
import { AsyncLocalStorage } from 'node:async_hooks';

const client = new AsyncLocalStorage<string>();
const found: string[] = [];

/** Where requests found themselves in their own stores, and where not. */
export const whereFound: readonly string[] = found;

/** Writes down that a request has come here. The address it wants asked says whose it is; others are not followed. */
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

/** Everything that fetches is followed, whoever calls it: our proxy through Hono's, our fetch, a handler. */
globalThis.fetch = (...args) => {
  const [input] = args;
  note('call', input instanceof Request ? input.url : String(input));
  return send(...args);
};
