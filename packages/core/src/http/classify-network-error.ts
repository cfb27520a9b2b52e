import type { Branch } from '../foreign/branches.ts';
import { readText } from '../foreign/read.ts';
import { classifyBranches } from '../foreign/ruling.ts';
import type { Ruling } from '../vocabulary/outcome.ts';

/** The ways runtimes and clients say that time ran out. */
const TIMEOUTS: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** The caller's mistakes and what this machine ran out of. Besides these, all of `ERR_INVALID_…`. */
const OWN: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'EADDRNOTAVAIL',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

/** Where there is no code there are words: this is all that undici says of a request it never sends, or of a redirect the caller forbade. */
const OWN_WORDS: ReadonlySet<unknown> = new Set(['bad port', 'unknown scheme', 'unexpected redirect']);

/**
 * What an error without an answer says about an HTTP service: a failure, unless this machine or the caller ended the call
 * or never began it. The last code along the chain of causes is the `kind`, `'timeout'` where it means one, and `'network'`
 * where there is none, as in browsers.
 *
 * For classifiers of what speaks HTTP; ask the caller's signal first (`outcomeOfAbort`), for its reason may be any error.
 */
export function classifyNetworkError(error: unknown): Ruling {
  return classifyBranches(error, ruleBranch);
}

function ruleBranch(branch: Branch): Ruling {
  const texts = (field: string) => branch.flatMap((link) => readText(link, field) || []);
  const names = texts('name');
  if (names.includes('TimeoutError')) return { outcome: 'failure', kind: 'timeout' };
  if (names.includes('AbortError')) return { outcome: 'ignored', kind: 'abort' };
  const codes = texts('code');
  const kind = codes.at(-1) ?? 'network';
  const own = codes.some((code) => OWN.has(code) || code.startsWith('ERR_INVALID_'));
  if (own || texts('message').some((message) => OWN_WORDS.has(message))) return { outcome: 'ignored', kind };
  return { outcome: 'failure', kind: TIMEOUTS.has(kind) ? 'timeout' : kind };
}
