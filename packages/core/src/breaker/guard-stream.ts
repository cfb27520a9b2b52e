import type { Breaker } from '../contract/breaker.ts';
import type { GuardedStream, GuardStreamOptions } from '../contract/wrapped.ts';
import { requireFunction, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import { Guarded } from './guarded-stream.ts';

/**
 * Guards a call whose answer is a stream: the call is settled when the stream ends, not when it begins.
 *
 * The call is made at the first read. A stream that breaks off is a failure; one whose reader stops early is ignored. The
 * duration is the time to the first chunk, so that rules about slow calls stay meaningful. A probe is settled as a success
 * by its first chunk, because a stream may outlast `permitTimeout`; a later failure is recorded.
 *
 * @param open makes the call
 * @returns the same chunks, which can be read once
 * @throws {TypeError} if an option is invalid, naming it. Reading throws what the stream throws, a `CircuitOpenError` if
 *   the circuit refuses, the signal's reason if it fired, and a `StreamTruncatedError` with `truncated: 'throw'`
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
