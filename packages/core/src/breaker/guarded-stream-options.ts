import type { Classify } from '../vocabulary/outcome.ts';
import type { GivenSignal } from './abort.ts';

/** Options of `guardStream`. */
export interface GuardStreamOptions<Chunk = unknown> {
  /**
   * Whether this chunk says that the answer is complete: `[DONE]`, `message_stop`. A stream that ends without one was cut
   * off, which most protocols cannot tell from an end.
   *
   * @default undefined: any clean end is complete
   */
  readonly isLast?: ((chunk: Chunk) => boolean) | undefined;

  /**
   * What becomes of a stream that ends without its last chunk: a failure of kind `'truncated'`, and with `'throw'` an error
   * for the reader, too.
   *
   * @default 'record'
   */
  readonly truncated?: 'record' | 'throw' | undefined;

  /**
   * Judges the ending, as in `run`: an error, or the last chunk as `value`.
   *
   * @default undefined
   */
  readonly classify?: Classify | undefined;

  /**
   * The caller's signal, as in `run`: has it fired before the first read, the call is not made.
   *
   * @default undefined
   */
  readonly signal?: GivenSignal;
}

/** The chunks of a guarded call, for one reader: `for await (const chunk of stream)`. */
export interface GuardedStream<Chunk> {
  [Symbol.asyncIterator](): this;

  /** The next chunk. Chunks may be asked for before the last has come. */
  next(): Promise<IteratorResult<Chunk, unknown>>;

  /** The reader leaves, as `break` does: the source is told, and the call ignored. */
  return(value?: unknown): Promise<IteratorResult<Chunk, unknown>>;

  /** The reader leaves with an error. */
  throw(error?: unknown): Promise<IteratorResult<Chunk, unknown>>;
}
