import { isObject, read } from '../foreign/read.ts';
import { saysTimeout } from '../foreign/timeout.ts';
import type { Ruling } from '../vocabulary/outcome.ts';
import { invalid } from '../vocabulary/requirement.ts';
import type { AbortState } from './breaker.ts';

/** Of an `AbortSignal`, or `null` as fetch takes it, what a breaker is given. */
export type GivenSignal = AbortState | null | undefined;

/** What a caller's signal says of a call that rejected, whatever the error looks like; nothing if it has not aborted. */
export function outcomeOfAbort(signal: GivenSignal): Ruling | undefined {
  if (read(signal, 'aborted') !== true) return undefined;
  return saysTimeout(read(signal, 'reason')) ? { outcome: 'failure', kind: 'timeout' } : { outcome: 'ignored' };
}

/**
 * Why a call must not be made at all: its signal has already fired, or is not a signal.
 *
 * @returns the reason to reject with, which may be anything, in an object; nothing where the call may be made
 */
export function stoppedBefore(signal: GivenSignal): { readonly reason: unknown } | undefined {
  if (signal === undefined || signal === null) return undefined;
  const aborted = read(signal, 'aborted');
  if (!isObject(signal) || typeof aborted !== 'boolean') {
    return { reason: invalid('the signal', 'an AbortSignal', signal, 'new AbortController().signal') };
  }
  return aborted ? { reason: reasonOf(signal) } : undefined;
}

/** Why `run` must not make a call: as `stoppedBefore`, or because it was given something other than a function. */
export function stoppedCall(call: unknown, signal: GivenSignal): { readonly reason: unknown } | undefined {
  if (typeof call === 'function') return signal ? stoppedBefore(signal) : undefined;
  return { reason: invalid('run', 'given a function', call, 'run(() => fetch(url))') };
}

/** A signal's own reason, `null` included; an AbortError for a signal that has none, as in React Native. */
export function reasonOf(signal: unknown): unknown {
  const reason = read(signal, 'reason');
  return reason === undefined ? Object.assign(new Error('This operation was aborted'), { name: 'AbortError' }) : reason;
}
