import type { Millis } from '@switchgear/core';
import { requireWhole } from '@switchgear/core/adapter';

/** An answer as it is kept. */
export interface Kept {
  readonly value: unknown;

  /** When it was given: milliseconds since 1970. */
  readonly at: Millis;
}

/** Where last good answers are kept: a `Map` has this form, and so has what wraps Redis, KV or IndexedDB. */
export interface AnswerStore {
  get(key: string): Kept | undefined | null | PromiseLike<Kept | undefined | null>;
  set(key: string, kept: Kept): unknown;
}

/**
 * Keeps answers in memory: the latest of so many keys.
 *
 * @param max how many keys, at least 1
 * @throws {TypeError | RangeError} for a number that is none
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
