/** What of a request's config says where it goes. Not picked from axios' own type, which had less in older versions. */
export interface RequestAddress {
  readonly url?: string | undefined;
  readonly baseURL?: string | undefined;
  readonly allowAbsoluteUrls?: boolean | undefined;
}

/** What axios itself takes for an absolute address; anything else is appended to `baseURL`. */
const ABSOLUTE = /^([a-z][a-z\d+\-.]*:)?\/\//i;

/**
 * The origin a request goes to, `https://api.example:8443`, as a key for a registry of breakers. An address that has none
 * (`data:`, one that does not parse) gives `'null'`, as an opaque origin does in the URL standard. A redirect is charged
 * to the origin that was asked.
 */
export function originOf({ url = '', baseURL, allowAbsoluteUrls }: RequestAddress): string {
  const ownAddress = !baseURL || (ABSOLUTE.test(url) && allowAbsoluteUrls !== false);
  try {
    return new URL(ownAddress ? url : baseURL, pageAddress()).origin;
  } catch {
    return 'null';
  }
}

/** Relative addresses mean something in a page and in a worker only. */
function pageAddress(): string | undefined {
  return globalThis.location?.href;
}
