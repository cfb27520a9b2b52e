import type { AxiosError } from 'axios';

/** What we look at in an error from axios, from an adapter of somebody else's, or from the platform. */
export type Link = Partial<Pick<AxiosError, 'code' | 'message' | 'response' | 'config'>>;

/** How far causes are followed: the fetch adapter wraps the platform's error, which wraps the socket's. */
const DEPTH = 5;

/** The error and what caused it, outermost first. Anything may be thrown, so a link may have none of the fields. */
export function errorChain(error: unknown): readonly Link[] {
  const chain: Link[] = [];
  for (let link = error; link && chain.length < DEPTH; link = (Object(link) as { cause?: unknown }).cause) {
    chain.push(Object(link) as Link);
  }
  return chain;
}

/** The codes along the chain, outermost first. The last says most: axios' is `ERR_NETWORK`, the socket's `ECONNRESET`. */
export function codesOf(chain: readonly Link[]): readonly string[] {
  return chain.flatMap(({ code }) => (typeof code === 'string' && code !== '' ? [code] : []));
}
