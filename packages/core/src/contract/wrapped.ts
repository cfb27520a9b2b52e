import type { Classify } from '../vocabulary/outcome.ts';
import type { GivenSignal } from './options.ts';

/** Any function. */
export type AnyFunction = (this: never, ...args: never) => unknown;

/**
 * The signatures of an overloaded function behind a breaker: the last four, since inference asks for four. If there are
 * fewer, the compiler repeats the first; so a function has a single signature if the first and the last are the same. For
 * such a function the type is `never`, because only a signature inferred by itself keeps its type parameters.
 *
 * Written out rather than composed of named types, because those would have to be exported for users' own declarations.
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

/** `unknown` if the function is overloaded, so that it is accepted; otherwise `never`, so that no function is. */
export type Overloaded<F> = [WrappedOverloads<F>] extends [never] ? never : unknown;

/**
 * Whether the compiler considers two types identical. Assignability is not enough: `any` is assignable to everything.
 */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Options of `guardStream`. */
export interface GuardStreamOptions<Chunk = unknown> {
  /**
   * Whether this chunk marks the answer as complete: `[DONE]`, `message_stop`. A stream that ends without such a chunk was
   * cut off, which in most protocols looks like a normal end.
   *
   * @default undefined: any normal end counts as complete
   */
  readonly isLast?: ((chunk: Chunk) => boolean) | undefined;

  /**
   * What happens if a stream ends without its last chunk: it counts as a failure of kind `'truncated'`, and with `'throw'`
   * the reader also gets a {@link StreamTruncatedError}.
   *
   * @default 'record'
   */
  readonly truncated?: 'record' | 'throw' | undefined;

  /**
   * Classifies the ending, as in `run`: an error, or the last chunk as `value`.
   *
   * @default undefined
   */
  readonly classify?: Classify | undefined;

  /**
   * The caller's signal, as in `run`. If it has fired before the first read, the call is not made.
   *
   * @default undefined
   */
  readonly signal?: GivenSignal;
}

/** The chunks of a guarded call, for one reader: `for await (const chunk of stream)`. */
export interface GuardedStream<Chunk> {
  [Symbol.asyncIterator](): this;

  /** The next chunk. It may be called again before the previous chunk has arrived. */
  next(): Promise<IteratorResult<Chunk, unknown>>;

  /** Ends reading, as `break` does: the source is closed and the call is ignored. */
  return(value?: unknown): Promise<IteratorResult<Chunk, unknown>>;

  /** Ends reading with an error. */
  throw(error?: unknown): Promise<IteratorResult<Chunk, unknown>>;
}

/** Thrown to the reader of a guarded stream that ended without its last chunk, with `truncated: 'throw'`. */
export class StreamTruncatedError extends Error {
  override readonly name = 'StreamTruncatedError';

  /** For checks that work across copies of this package. */
  readonly code = 'ESTREAMTRUNCATED';

  /** @param breaker the name of the breaker that guarded the stream */
  constructor(breaker: string) {
    super(`The stream behind "${breaker}" ended before its last chunk`);
  }
}
