import { refuse, stoppedBefore } from '@switchgear/core/adapter';
import type { Call, CallContext, CallOptions } from './call-options.ts';
import { DerivedCall } from './derived-call.ts';

/** Makes a call; what it throws is a rejection. Chain the promise with {@link whenOver}. */
export function begin<T>(call: Call<T>, context: CallContext): Promise<T> {
  try {
    return Promise.resolve(call(context));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** As `await` waits for it: a native promise that carries a `then` of its own is not asked. */
export function whenOver<T, Value>(
  ending: Promise<T>,
  succeeded: (value: T) => Value,
  failed: (error: unknown) => Value,
): Promise<Value> {
  return Promise.prototype.then.call(ending, succeeded as never, failed) as Promise<Value>;
}

/**
 * Why a call is not made at all: it is not a function, or its caller has given up already. That comes before every other
 * answer, so nothing was asked of anybody: no slot, no permit, no time.
 *
 * @returns the rejection; nothing where the call may be made
 */
export function notMade(call: unknown, options: CallOptions | undefined): Promise<never> | undefined {
  if (typeof call !== 'function') {
    return new Promise(() => refuse('run', 'given a function', call, 'run(({ signal }) => fetch(url, { signal }))'));
  }
  if (options === undefined) return undefined;
  // One of ours, as layers hand it on, need not be looked at with care.
  if (options instanceof DerivedCall) return options.aborted ? Promise.reject(options.reason) : undefined;
  const stopped = stoppedBefore(options.signal);
  return stopped && Promise.reject(stopped.reason);
}
