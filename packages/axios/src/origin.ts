/** The part of a request's config that says where it goes. Not picked from axios' own type, which had less in older versions. */
export interface RequestAddress {
  readonly url?: string | undefined;
  readonly baseURL?: string | undefined;
  readonly allowAbsoluteUrls?: boolean | undefined;
}

/** What axios itself treats as an absolute address; it appends anything else to `baseURL`. */
export const ABSOLUTE: RegExp = /^([a-z][a-z\d+\-.]*:)?\/\//i;

/**
 * The origin of a request, `https://api.example:8443`, as a key for a registry of breakers. An address without an origin
 * (`data:`, or one that does not parse) gives `'null'`, as an opaque origin does in the URL standard. A redirect counts for
 * the origin that was asked.
 */
export function originOf({ url = '', baseURL, allowAbsoluteUrls }: RequestAddress): string {
  const ownAddress = !baseURL || (ABSOLUTE.test(url) && allowAbsoluteUrls !== false);
  try {
    // Relative addresses have a meaning only in a page or a worker.
    return new URL(ownAddress ? url : baseURL, globalThis.location?.href).origin;
  } catch {
    return 'null';
  }
}
