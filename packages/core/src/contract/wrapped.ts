import type { Classify } from '../vocabulary/outcome.ts';
import type { GivenSignal } from './options.ts';

/** Any function, whatever it takes and returns. */
export type AnyFunction = (this: never, ...args: never) => unknown;

/**
 * The signatures of an overloaded function behind a breaker: the last four, which is as many as are asked for here.
 * Where there are fewer the compiler repeats the first, so a function with one signature shows itself by first and last
 * being the same; it is `never` here, because only a signature inferred by itself keeps its type parameters.
 *
 * Written out, for what has a name would have to be exported: users' own declarations could not name it otherwise.
 */
export type WrappedOverloads<F> = F extends {
  (this: infer T1, ...args: infer A1): infer V1;
  (this: infer T2, ...args: infer A2): infer V2;
  (this: infer T3, ...args: infer A3): infer V3;
  (this: infer T4, ...args: infer A4): infer V4;
}
  ? Same<[T1, A1, V1], [T4, A4, V4]> extends true
    ? never
    : ((this: T1, ...args: A1) => Promise<Awaited<V1>>) &
        ((this: T2, ...args: A2) => Promise<Awaited<V2>>) &
        ((this: T3, ...args: A3) => Promise<Awaited<V3>>) &
        ((this: T4, ...args: A4) => Promise<Awaited<V4>>)
  : never;

/** Anything if the function is overloaded, so that it passes; else `never`, which no function is. */
export type Overloaded<F> = [WrappedOverloads<F>] extends [never] ? never : unknown;

/** Two types that the compiler takes for one. Assignability would not do: `any` is assignable to everything. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

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

/** Thrown to the reader of a guarded stream that ended without its last chunk, where `truncated: 'throw'` asks for it. */
export class StreamTruncatedError extends Error {
  override readonly name = 'StreamTruncatedError';

  /** Stable. */
  readonly code = 'ESTREAMTRUNCATED';

  /** @param breaker the name of the breaker that guarded the stream */
  constructor(breaker: string) {
    super(`The stream behind "${breaker}" ended before its last chunk`);
  }
}
