import type { Millis } from '@switchgear/core';

/**
 * One value for each key, replaced by compare-and-set. For each key it must be linearizable: every answer is as if all swaps and
 * reads had happened one after the other, each between its call and its answer. A driver says in its README when its server
 * does not promise that.
 */
export interface Register {
  /** All keys that begin so, with what is written there. */
  read(prefix: string): PromiseLike<ReadonlyMap<string, Written>>;

  /**
   * Writes a value if the present version is the expected one. Rejects if there is no answer: then it may have been written or
   * not, or may be later. A driver must not try again by itself, because the first attempt may have won.
   *
   * @param key of up to 1,000 characters, any of them
   * @param expected the version that was read; undefined if nothing must be there
   * @param ttl milliseconds for which the value is needed, a whole number: the register may forget it after that, not sooner
   */
  swap(key: string, expected: string | undefined, value: string, ttl: Millis): PromiseLike<Swapped>;

  /**
   * Tells of changes. Some may be left out, but not the last one of a key. Without it, the register is read again from time to
   * time.
   *
   * @returns a function that ends it
   */
  watch?(prefix: string, changed: (key: string, written: Written | undefined) => void): () => void;
}

/** What is written at a key. */
export interface Written {
  /** Another with each writing. It never comes again, not even after the key was forgotten. */
  readonly version: string;
  readonly value: string;

  /** Milliseconds since it was written, by the server's clock; or since this client first saw this version. */
  readonly age: Millis;
}

/** The answer to a swap. */
export interface Swapped {
  readonly won: boolean;

  /** What is written now: the new value if the swap won, otherwise what stood in its way. */
  readonly now: Written | undefined;
}
