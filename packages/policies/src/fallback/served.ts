import type { Millis } from '@switchgear/core';

/** Who gave an answer: the call itself, or a step of its fallback. */
export type ServedBy = 'call' | 'cached' | 'value' | 'degraded' | 'alternative' | 'skip';

/** An answer that says where it comes from. */
export interface Served<T> {
  readonly value: T;
  readonly servedBy: ServedBy;

  /** Milliseconds since it was true: more than 0 for what was kept. */
  readonly age: Millis;

  /** The very error of the call, where something else served. */
  readonly cause?: unknown;
}
