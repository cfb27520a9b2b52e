import { codesOf, type Link } from './error-chain.ts';

/** The caller's mistakes, limits the caller set, and what this machine ran out of. Besides these, all of `ERR_INVALID_…`. */
const OWN: ReadonlySet<string> = new Set([
  'ERR_BAD_REQUEST',
  'ERR_BAD_OPTION',
  'ERR_BAD_OPTION_VALUE',
  'ERR_DEPRECATED',
  'ERR_NOT_SUPPORT',
  'ERR_FORM_DATA_DEPTH_EXCEEDED',
  'ERR_FR_MAX_BODY_LENGTH_EXCEEDED',
  'ERR_FR_REDIRECTION_FAILURE',
  'ERR_UNESCAPED_CHARACTERS',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'EADDRNOTAVAIL',
]);

/** Where there is no code there are words: fetch reports its caller's mistakes as a bare TypeError. */
const OWN_WORDS =
  /^maxContentLength size of \d+ exceeded|parse URL|invalid header name|valid HTTP method|cannot have body|ByteString|^unknown scheme$|^bad port$/i;

/** What xhr says with `ECONNABORTED` when a page is left; with other words the same code is a timeout. */
const PAGE_LEFT = 'Request aborted';

/**
 * Whether a call without an answer ended through our own doing, so that it says nothing about the service: it never
 * reached the network, a limit of our own cut it, or the page was left.
 */
export function isOwnDoing(chain: readonly Link[]): boolean {
  const [{ code, message } = {}] = chain;
  if (code === 'ECONNABORTED' && message === PAGE_LEFT) return true;
  return (
    codesOf(chain).some((each) => OWN.has(each) || each.startsWith('ERR_INVALID_')) ||
    chain.some((link) => OWN_WORDS.test(link.message ?? ''))
  );
}

/** A browser that knows itself offline. The other answer means nothing, and most runtimes give none. */
export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
