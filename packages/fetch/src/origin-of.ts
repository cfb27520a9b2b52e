/**
 * The origin of an address, `https://api.example:8443`, as a key for a registry of breakers. An address that has none
 * (`data:`, one that does not parse) gives `'null'`, as an opaque origin does in the URL standard.
 *
 * @param address an absolute address, or what has one: the `{ url, method }` a breaker is chosen by, a `Request`
 * @example
 * ```ts
 * breakerFetch({ breaker: (request) => registry.get(originOf(request)) });
 * ```
 */
export function originOf(address: string | URL | { readonly url: string }): string {
  const url = typeof address === 'object' && 'url' in address ? address.url : address;
  try {
    return new URL(url).origin;
  } catch {
    return 'null';
  }
}
