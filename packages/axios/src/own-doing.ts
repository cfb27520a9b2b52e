import { type Branch, readText } from '@switchgear/core/adapter';

/** The caller's mistakes and limits, in axios' own codes. Those of the platforms below are known to core. */
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
]);

/** Where there is no code there are words: fetch reports its caller's mistakes as a bare TypeError. */
const OWN_WORDS =
  /^maxContentLength size of \d+ exceeded|parse URL|invalid header name|valid HTTP method|cannot have body|ByteString|not of type '?AbortSignal|disturbed|stream is locked/i;

/** What xhr says with `ECONNABORTED` when a page is left; with other words the same code is a timeout. */
const PAGE_LEFT = 'Request aborted';

/**
 * Whether a call without an answer ended through our own doing, so that it says nothing about the service: it never
 * reached the network, a limit of our own cut it, or the page was left.
 */
export function isOwnDoing(branch: Branch): boolean {
  const [outer] = branch;
  if (readText(outer, 'code') === 'ECONNABORTED' && readText(outer, 'message') === PAGE_LEFT) return true;
  return branch.some(
    (link) => OWN.has(readText(link, 'code') ?? '') || OWN_WORDS.test(readText(link, 'message') ?? ''),
  );
}
