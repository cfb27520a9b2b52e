import type { Millis } from '@switchgear/core';
import { type Reporter, read, requireWhole } from '@switchgear/core/adapter';
import type { StepAnswer } from './step.ts';

/** An answer as it is kept. */
export interface Kept {
  readonly value: unknown;

  /** When it was given: milliseconds since 1970. */
  readonly at: Millis;
}

/** Where answers are kept: a `Map` has this form, and so has a wrapper around Redis, KV or IndexedDB. */
export interface AnswerStore {
  get(key: string): Kept | undefined | null | PromiseLike<Kept | undefined | null>;
  set(key: string, kept: Kept): unknown;
}

/**
 * Keeps answers in memory, for the keys written last.
 *
 * @param max the maximum number of keys, at least 1
 * @throws {TypeError | RangeError} if `max` is invalid
 */
export function memoryStore(max: number = 1_000): AnswerStore {
  requireWhole('memoryStore', max);
  const answers = new Map<string, Kept>();
  return {
    get: (key) => answers.get(key),
    set(key, kept) {
      answers.delete(key);
      answers.set(key, kept);
      const [oldest] = answers.size > max ? answers.keys() : [];
      if (oldest !== undefined) answers.delete(oldest);
    },
  };
}

/** Reads a store. If that fails, the error is reported as well as thrown: the next step may answer and hide it otherwise. */
export function readStore(store: AnswerStore, key: string, reporter: Reporter): ReturnType<AnswerStore['get']> {
  const fail = (error: unknown): never => {
    reporter.report(error, 'store.get');
    throw error;
  };
  try {
    const kept = store.get(key);
    return typeof read(kept, 'then') === 'function' ? Promise.resolve(kept).catch(fail) : kept;
  } catch (error) {
    return fail(error);
  }
}

/** The answer in a store's entry, unless it is too old. The entry comes from outside, so its form is checked. */
export function answerIn(
  kept: unknown,
  wall: (reporter: Reporter) => Millis,
  maxAge: Millis,
  reporter: Reporter,
): StepAnswer<never> | undefined {
  if (kept === undefined || kept === null) return undefined;
  const at = read(kept, 'at');
  if (!Number.isFinite(at)) {
    reporter.report(
      new TypeError('Switchgear: a store must return what it was given to keep, got an entry without `at`'),
      'store.get',
    );
    return undefined;
  }
  // Wall clocks can be set back: an answer from the future counts as new.
  const age = Math.max(0, wall(reporter) - (at as Millis));
  // The value has the type of the call's own answers, so the step adds no type.
  return age > maxAge ? undefined : { value: (kept as Kept).value as never, age };
}
