import type { Ending } from '@switchgear/core';

/** Told how something ended. More than once where it has more than one result. */
export type Hear = (ending: Ending) => void;

/** Whether somebody can wait for it. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (Object(value) as PromiseLike<unknown>).then === 'function';
}

/**
 * The same promise, one step later. A handler beside the caller's would not do: a rejection that nobody handles would
 * then count as handled.
 */
export function observePromise(result: unknown, hear: Hear): unknown {
  if (!isPromiseLike(result)) return result;
  return result.then(
    (value) => {
      hear({ value });
      return value;
    },
    (error: unknown) => {
      hear({ error });
      throw error;
    },
  );
}
