import { type Branch, read, readText } from '../foreign/branches.ts';
import { classifyBranches } from '../foreign/ruling.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyResponse } from './classify-status.ts';

/** Error codes of runtimes and clients for a timeout. */
const TIMEOUTS: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * Error codes for the caller's mistakes and limits, and for resources this machine ran out of. Besides these, all of
 * `ERR_INVALID_…`.
 */
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

/** Messages of errors without a code: from undici and Deno, for a request they never send or a forbidden redirect. */
const OWN_WORDS = /^(?:bad port|unknown scheme|unexpected redirect)$|redirect mode is set to 'error'/;

/** Error names of the File API for a file that cannot be read, and system calls that concern only files. */
const FILE_NAMES: ReadonlySet<string> = new Set(['NotReadableError', 'NotFoundError']);
const FILE_CALLS: ReadonlySet<string> = new Set(['open', 'stat', 'lstat', 'fstat', 'scandir', 'opendir']);

/**
 * Classifies an error of an HTTP client: by the status if an answer is behind the error; otherwise as a failure, unless this
 * machine or the caller ended the call or never began it. The `kind` is the last code along the chain of causes,
 * `'timeout'` if that means one, and `'network'` if there is no code, as in browsers.
 *
 * For classifiers of HTTP clients. Check the caller's signal first with `outcomeOfAbort`, because its reason may be any
 * error.
 *
 * @param wall the time now, in milliseconds since 1970, for a Retry-After that is a date
 */
export function classifyNetworkError(error: unknown, wall?: Millis): Ruling {
  return classifyBranches(error, (branch) => rulingOfAnswer(branch, wall) ?? classifyNetworkBranch(branch));
}

/** Classifies one branch of an error without an answer. For classifiers of clients with their own error codes. */
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
 * Classifies the answer behind an error by its status; undefined if there is none. Some clients reject for certain statuses:
 * undici's `responseError()` and RetryAgent, ky, got.
 *
 * @param wall the time now, in milliseconds since 1970, for a Retry-After that is a date
 */
export function rulingOfAnswer(branch: Branch, wall: Millis | undefined): Ruling | undefined {
  for (const link of branch) {
    for (const answer of [link, read(link, 'response')]) {
      const status = read(answer, 'statusCode') ?? read(answer, 'status');
      if (!isStatus(status)) continue;
      // An AxiosError has a status of its own, and the headers on its response only.
      const headers = read(answer, 'headers') ?? read(read(link, 'response'), 'headers');
      return classifyResponse(status, headers, () => wall);
    }
  }
  return undefined;
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599;
}
