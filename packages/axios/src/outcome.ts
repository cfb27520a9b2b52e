import type { Outcome, Ruling } from '@switchgear/core';
import {
  type Branch,
  classifyBranches,
  classifyHttp,
  classifyNetworkBranch,
  isObject,
  outcomeOfAbort,
  read,
  readText,
  rulingOfAnswer,
} from '@switchgear/core/adapter';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';

/** How a request ended at the adapter, before it is classified. */
export type AxiosEnding = { readonly value: AxiosResponse } | { readonly error: unknown };

/**
 * Classifies an ending; return `undefined` to keep the ruling of {@link classifyAxios}. It is called before
 * `transformResponse`, so `data` is what came over the network: text, where axios has not parsed it yet.
 */
export type ClassifyAxios = (ending: AxiosEnding) => Outcome | Ruling | undefined;

/**
 * The default ruling on how a request ended. Where there was a response its status decides, whatever `validateStatus` made
 * of it; without one the call failed, unless the caller, this machine or a breaker further down ended it.
 *
 * @param wall tells the time, in milliseconds since 1970, for a Retry-After that is a date; `Date.now` by default
 * @param trust whether to believe the server's headers about overload; by default they are believed
 */
export function classifyAxios(ending: AxiosEnding, wall: () => number = Date.now, trust: boolean = true): Ruling {
  if ('value' in ending) return rulingOfResponse(ending.value, wall, trust);
  return classifyBranches(ending.error, (branch) => classifyBranch(branch, wall, trust));
}

function classifyBranch(branch: Branch, wall: () => number, trust: boolean): Ruling {
  const config = read(
    branch.find((link) => isObject(read(link, 'config'))),
    'config',
  );
  return rulingOfAbort(config, branch) ?? rulingOfAnswered(branch, wall, trust) ?? rulingOfUnanswered(branch);
}

/**
 * The ruling on a rejected call that was ended from outside: ignored if the caller aborted it, a timeout if
 * `AbortSignal.timeout` did; `undefined` if it was not.
 *
 * The signal is checked before the error, because axios gives both the same `ERR_CANCELED`, and some of its versions lose
 * the mark that `isCancel` looks for.
 */
export function rulingOfAbort(config: unknown, branch: Branch): Ruling | undefined {
  const bySignal = outcomeOfAbort(read(config, 'signal') as AxiosRequestConfig['signal']);
  if (bySignal) return bySignal;
  const cancelled = branch.some((link) => read(link, 'code') === 'ERR_CANCELED' || read(link, '__CANCEL__') === true);
  return cancelled ? { outcome: 'ignored' } : undefined;
}

/** The ruling by the response behind an error, unless the response began well and broke off: then the caller got nothing. */
function rulingOfAnswered(branch: Branch, wall: () => number, trust: boolean): Ruling | undefined {
  const answered = branch.find((link) => isObject(read(link, 'response')));
  if (answered !== undefined) {
    const ruling = rulingOfResponse(read(answered, 'response'), wall, trust);
    return ruling.outcome === 'success' && brokeOff(answered) ? undefined : ruling;
  }
  // undici's errors about a status are behind one of axios' own, which does not repeat the status.
  return rulingOfAnswer(
    branch.filter((link) => read(link, 'isAxiosError') !== true),
    wall(),
  );
}

function rulingOfResponse(response: unknown, wall: () => number, trust: boolean): Ruling {
  return classifyHttp(read(response, 'headers'), Number(read(response, 'status') ?? 200), wall, trust);
}

function brokeOff(link: unknown): boolean {
  const code = readText(link, 'code');
  return (
    readText(link, 'message') === 'stream has been aborted' ||
    (code !== undefined && code !== 'ERR_BAD_REQUEST' && code !== 'ERR_BAD_RESPONSE')
  );
}

function rulingOfUnanswered(branch: Branch): Ruling {
  const { outcome, kind: known = '' } = classifyNetworkBranch(branch);
  const isUnknown = known === 'network' && !branch.some((link) => readText(link, 'code'));
  const kind = isUnknown ? 'unknown' : known;
  if (outcome === 'ignored' || isOwnFault(branch)) return { outcome: 'ignored', kind };
  if (isOffline()) return { outcome: 'ignored', kind: 'offline' };
  return { outcome: 'failure', kind: kind === 'ECONNABORTED' ? 'timeout' : kind };
}

/** The caller's mistakes and limits, in axios' own codes. Those of the platforms below are known to core. */
const OWN_CODES: ReadonlySet<string> = new Set([
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

/** Some errors have no code but a known message: fetch reports its caller's mistakes as a bare TypeError. */
const OWN_MESSAGES =
  /^maxContentLength size of \d+ exceeded|parse URL|invalid header name|valid HTTP method|cannot have body|ByteString|not of type '?AbortSignal|disturbed|stream is locked/i;

/** The message that xhr gives `ECONNABORTED` when the page is left; with any other message the same code is a timeout. */
const PAGE_LEFT = 'Request aborted';

/**
 * Whether a call without a response ended on this side, so that it says nothing about the service: it never reached the
 * network, a limit of the caller's cut it off, or the page was left.
 */
function isOwnFault(branch: Branch): boolean {
  const [outer] = branch;
  if (readText(outer, 'code') === 'ECONNABORTED' && readText(outer, 'message') === PAGE_LEFT) return true;
  return branch.some(
    (link) => OWN_CODES.has(readText(link, 'code') ?? '') || OWN_MESSAGES.test(readText(link, 'message') ?? ''),
  );
}

/** Whether the browser reports that it is offline. An `onLine` of true proves nothing, and most runtimes have no such flag. */
function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
