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
