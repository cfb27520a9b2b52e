import type { Ending } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';

/** Told how something ended. More than once where it has more than one result. */
export type Hear = (ending: Ending) => void;

/** Whether it can be waited for. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof read(value, 'then') === 'function';
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
