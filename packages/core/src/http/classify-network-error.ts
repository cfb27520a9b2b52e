import { type Branch, read, readText } from '../foreign/branches.ts';
import { classifyBranches } from '../foreign/ruling.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyResponse } from './classify-response.ts';

/** The ways runtimes and clients say that time ran out. */
const TIMEOUTS: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** The caller's mistakes and limits, and what this machine ran out of. Besides these, all of `ERR_INVALID_…`. */
const OWN: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRNOTAVAIL',
  'HPE_HEADER_OVERFLOW',
  'UnexpectedRedirect',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_MAX_ORIGINS_REACHED',
  'UND_ERR_INVALID_RETURN_VALUE',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

/** Where there is no code there are words: all that undici and Deno say of a request they never send, or of a forbidden redirect. */
const OWN_WORDS = /^(?:bad port|unknown scheme|unexpected redirect)$|redirect mode is set to 'error'/;

/** The names that the File API gives to a file that cannot be read, and the system's calls that are about files alone. */
const FILE_NAMES: ReadonlySet<string> = new Set(['NotReadableError', 'NotFoundError']);
const FILE_CALLS: ReadonlySet<string> = new Set(['open', 'stat', 'lstat', 'fstat', 'scandir', 'opendir']);

/**
 * What an error says about an HTTP service: its status, where an answer is behind the error; else a failure, unless this
 * machine or the caller ended the call or never began it. The last code along the chain of causes is the `kind`,
 * `'timeout'` where it means one, and `'network'` where there is none, as in browsers.
 *
 * For classifiers of what speaks HTTP; ask the caller's signal first (`outcomeOfAbort`), because its reason may be any error.
 *
 * @param wall the time now, in milliseconds since 1970, for a Retry-After that is a date
 */
export function classifyNetworkError(error: unknown, wall?: Millis): Ruling {
  return classifyBranches(error, (branch) => rulingOfAnswer(branch, wall) ?? classifyNetworkBranch(branch));
}

/** What one branch says of a service that gave no answer. For classifiers of clients with words of their own. */
export function classifyNetworkBranch(branch: Branch): Ruling {
  const texts = (field: string) => branch.flatMap((link) => readText(link, field) || []);
  const names = texts('name');
  if (names.includes('TimeoutError')) return { outcome: 'failure', kind: 'timeout' };
  if (names.includes('AbortError')) return { outcome: 'ignored', kind: 'abort' };
  const codes = texts('code');
  const kind = codes.at(-1) ?? 'network';
  const isOwn =
    codes.some((code) => OWN.has(code) || code.startsWith('ERR_INVALID_')) ||
    texts('message').some((message) => OWN_WORDS.test(message)) ||
    names.some((name) => FILE_NAMES.has(name)) ||
    texts('syscall').some((call) => FILE_CALLS.has(call));
  if (isOwn) return { outcome: 'ignored', kind };
  return { outcome: 'failure', kind: TIMEOUTS.has(kind) ? 'timeout' : kind };
}

/**
 * What the answer behind an error says, by its status; nothing where there is none. Some clients reject for an answer whose
 * status they do not like: undici's `responseError()` and RetryAgent, ky, got.
 *
 * @param wall the time now, for a Retry-After that is a date
 */
export function rulingOfAnswer(branch: Branch, wall: Millis | undefined): Ruling | undefined {
  for (const link of branch) {
    for (const answer of [link, read(link, 'response')]) {
      const status = read(answer, 'statusCode') ?? read(answer, 'status');
      if (isStatus(status)) return classifyResponse(status, read(answer, 'headers'), () => wall);
    }
  }
  return undefined;
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599;
}
