import type { Outcome, Ruling } from '@switchgear/core';
import {
  type Branch,
  classifyBranches,
  classifyNetworkBranch,
  classifyStatus,
  isObject,
  parseRetryAfter,
  read,
  readText,
  rulingOfAnswer,
} from '@switchgear/core/adapter';
import type { AxiosResponse } from 'axios';
import { rulingOfAbort } from './caller-abort.ts';
import { isOwnDoing } from './own-doing.ts';

/** How a request ended at the adapter, before anybody has judged it. */
export type AxiosEnding = { readonly value: AxiosResponse } | { readonly error: unknown };

/**
 * Judges an ending. `undefined` leaves it to {@link classifyAxios}, so a classifier need only name its exceptions. It is
 * asked before `transformResponse`, so `data` is what came over the network: a text, where axios has not parsed it yet.
 */
export type ClassifyAxios = (ending: AxiosEnding) => Outcome | Ruling | undefined;

/**
 * The default's word on how a request ended. The status decides where there was an answer, whatever `validateStatus`
 * made of it; without one a call failed, unless the caller, this machine or a breaker further down ended it.
 */
export function classifyAxios(ending: AxiosEnding): Ruling {
  return 'value' in ending ? classifyResponse(ending.value) : classifyBranches(ending.error, classifyBranch);
}

function classifyBranch(branch: Branch): Ruling {
  const config = read(
    branch.find((link) => isObject(read(link, 'config'))),
    'config',
  );
  return rulingOfAbort(config, branch) ?? classifyAnswered(branch) ?? classifySilence(branch);
}

/** What the answer says, unless it began well and broke off: then the caller got nothing. */
function classifyAnswered(branch: Branch): Ruling | undefined {
  const answered = branch.find((link) => isObject(read(link, 'response')));
  if (answered !== undefined) {
    const ruling = classifyResponse(read(answered, 'response'));
    return ruling.outcome === 'success' && brokeOff(answered) ? undefined : ruling;
  }
  // undici's errors about a status are behind one of axios' own, which repeats no status of theirs.
  return rulingOfAnswer(
    branch.filter((link) => read(link, 'isAxiosError') !== true),
    Date.now(),
  );
}

function classifyResponse(response: unknown): Ruling {
  const status = Number(read(response, 'status') ?? 200);
  return classifyStatus(status, parseRetryAfter(headerOf(read(response, 'headers'), 'retry-after'), Date.now()));
}

/** Adapters give AxiosHeaders or plain objects, in lower case or as they came. */
function headerOf(headers: unknown, name: string): unknown {
  try {
    return read(headers, Object.keys(Object(headers)).find((key) => key.toLowerCase() === name) ?? name);
  } catch {
    return undefined;
  }
}

function brokeOff(link: unknown): boolean {
  const code = readText(link, 'code');
  return (
    readText(link, 'message') === 'stream has been aborted' ||
    (code !== undefined && code !== 'ERR_BAD_REQUEST' && code !== 'ERR_BAD_RESPONSE')
  );
}

function classifySilence(branch: Branch): Ruling {
  const { outcome, kind: known = '' } = classifyNetworkBranch(branch);
  const isUnknown = known === 'network' && !branch.some((link) => readText(link, 'code'));
  const kind = isUnknown ? 'unknown' : known;
  if (outcome === 'ignored' || isOwnDoing(branch)) return { outcome: 'ignored', kind };
  if (isOffline()) return { outcome: 'ignored', kind: 'offline' };
  return { outcome: 'failure', kind: kind === 'ECONNABORTED' ? 'timeout' : kind };
}

/** A browser that knows itself offline. The other answer means nothing, and most runtimes give none. */
function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
