import { classifyStatus, isCircuitOpen, type Outcome, parseRetryAfter, type Ruling } from '@switchgear/core';
import type { AxiosResponse } from 'axios';
import { rulingOfAbort } from './caller-abort.ts';
import { codesOf, errorChain, type Link } from './error-chain.ts';
import { isOffline, isOwnDoing } from './own-doing.ts';

/** How a request ended at the adapter, before anybody has judged it. */
export type AxiosEnding = { readonly value: AxiosResponse } | { readonly error: unknown };

/** Judges an ending. `undefined` leaves it to {@link classifyAxios}, so a classifier need only name its exceptions. */
export type ClassifyAxios = (ending: AxiosEnding) => Outcome | Ruling | undefined;

/** The ways the clients below axios say that time ran out. A caller that leaves also gives `ECONNABORTED`. */
const TIMEOUTS: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * The default's word on how a request ended. The status decides where there was an answer, whatever `validateStatus`
 * made of it; without one a call failed, unless the caller, this machine or a breaker further down ended it.
 */
export function classifyAxios(ending: AxiosEnding): Ruling {
  if ('value' in ending) return classifyResponse(ending.value);
  const { error } = ending;
  // A breaker further down refused: this service was never asked.
  if (isCircuitOpen(error)) return { outcome: 'ignored', kind: 'EOPENBREAKER' };
  const chain = errorChain(error);
  const [outer = {}] = chain;
  return rulingOfAbort(outer.config, error) ?? rulingOfAnswer(outer) ?? rulingOfSilence(chain);
}

/** What the answer says, unless it began well and broke off: then the caller got nothing. */
function rulingOfAnswer(outer: Link): Ruling | undefined {
  if (!outer.response) return undefined;
  const ruling = classifyResponse(outer.response);
  return ruling.outcome === 'success' && brokeOff(outer) ? undefined : ruling;
}

function classifyResponse(response: AxiosResponse | undefined): Ruling {
  const { status, headers } = Object(response) as Partial<AxiosResponse>;
  return classifyStatus(status ?? 200, parseRetryAfter(header(headers, 'retry-after'), Date.now()));
}

/** Adapters give AxiosHeaders or plain objects, in lower case or as somebody wrote them. */
function header(headers: unknown, name: string): unknown {
  const found = Object.entries(Object(headers)).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

function brokeOff({ code, message }: Link): boolean {
  return (
    message === 'stream has been aborted' ||
    (code !== undefined && code !== 'ERR_BAD_REQUEST' && code !== 'ERR_BAD_RESPONSE')
  );
}

function rulingOfSilence(chain: readonly Link[]): Ruling {
  const kind = codesOf(chain).at(-1) ?? 'unknown';
  if (isOwnDoing(chain)) return { outcome: 'ignored', kind };
  if (isOffline()) return { outcome: 'ignored', kind: 'offline' };
  return { outcome: 'failure', kind: TIMEOUTS.has(kind) ? 'timeout' : kind };
}
