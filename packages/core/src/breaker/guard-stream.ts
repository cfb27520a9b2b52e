import type { Breaker } from '../contract/breaker.ts';
import type { GuardedStream, GuardStreamOptions } from '../contract/wrapped.ts';
import { requireFunction, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import { Guarded } from './guarded-stream.ts';

/**
 * A call whose answer is a stream, behind a breaker: settled when the stream ends, not when it begins.
 *
 * The call is made at the first read. A stream that breaks off is a failure; one whose reader leaves is ignored. The
 * duration is the time to the first chunk, so that rules about slow calls stay meaningful. A probe is settled as a success
 * by its first chunk, since a stream may outlive `permitTimeout`; a failure after that is recorded.
 *
 * @param open makes the call
 * @returns the same chunks, to be read once
 * @throws {TypeError} naming the option, at once. Reading throws what the stream throws, a `CircuitOpenError` when the
 *   circuit refuses, the signal's reason, and a `StreamTruncatedError` where that is asked for
 * @example
 * ```ts
 * const answer = guardStream(breaker, () => openai.responses.create({ ...question, stream: true }), {
 *   isLast: (event) => event.type === 'response.completed',
 * });
 * for await (const event of answer) show(event);
 * ```
 */
export function guardStream<Chunk>(
  breaker: Breaker,
  open: () => AsyncIterable<Chunk> | PromiseLike<AsyncIterable<Chunk>>,
  options: GuardStreamOptions<Chunk> = {},
): GuardedStream<Chunk> {
  requireFunction('guardStream', open, 'given a function', open, 'guardStream(breaker, () => client.stream(question))');
  const { isLast, truncated, classify } = requireOptions('guardStream', options, OPTIONS);
  if (isLast !== undefined) requireFunction('guardStream isLast', isLast);
  if (classify !== undefined) requireFunction('guardStream classify', classify);
  if (truncated !== undefined) requireOneOf('guardStream truncated', truncated, ['record', 'throw']);
  return new Guarded(breaker, open, options);
}

const OPTIONS = ['isLast', 'truncated', 'classify', 'signal'];
