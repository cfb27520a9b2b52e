import { invalid, stoppedBefore } from '@switchgear/core/adapter';
import type { TimerList } from '../time/timer-list.ts';
import type { Call, CallContext, CallOptions, Deadline } from './call.ts';
import { DerivedCall, type TimeLimit } from './derived-call.ts';

/** Makes a call; if it throws, the promise rejects. Chain the promise with {@link whenOver}. */
export function begin<T>(call: Call<T>, context: CallContext): Promise<T> {
  try {
    return Promise.resolve(call(context));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Chains as `await` does: a `then` that a native promise carries itself is not called. */
export function whenOver<T, Value>(
  ending: Promise<T>,
  succeeded: (value: T) => Value,
  failed: (error: unknown) => Value,
): Promise<Value> {
  return Promise.prototype.then.call(ending, succeeded as never, failed) as Promise<Value>;
}

/**
 * Makes a call that may be abandoned before it ends.
 *
 * @param timers where its time limit runs
 * @param deadline what its context says is left of the caller's time
 */
export function beginLimited<T>(
  call: Call<T>,
  options: CallOptions | undefined,
  limit: TimeLimit,
  timers: TimerList,
  deadline?: Deadline,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const context = new DerivedCall(options, limit, timers, reject, deadline);
    whenOver(
      begin(call, context),
      (value) => {
        context.end();
        return value;
      },
      (error: unknown) => {
        context.end();
        throw error;
      },
    )
      // Pass the promise's own functions without a wrapper: engines then find the caller for the async stack of an error.
      .then(resolve, reject);
  });
}

/**
 * Why a call is not made at all: it is not a function, or its caller has already given up. This is checked before anything
 * else, so no slot and no permit is taken and no time is counted.
 *
 * @returns the rejection, or `undefined` if the call may be made
 */
export function notMade(call: unknown, options: CallOptions | undefined): Promise<never> | undefined {
  if (typeof call !== 'function') {
    return new Promise(() => invalid('run', 'given a function', call, 'run(({ signal }) => fetch(url, { signal }))'));
  }
  if (options === undefined) return undefined;
  // A context of ours, handed on by an outer layer, needs no validation.
  if (options instanceof DerivedCall) return options.aborted ? Promise.reject(options.reason) : undefined;
  const stopped = stoppedBefore(options.signal);
  return stopped && Promise.reject(stopped.reason);
}
