import { classifyWith, outcomeOf, outcomeOfAbort, stoppedBefore } from '../call/classify.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import { type GuardedStream, type GuardStreamOptions, StreamTruncatedError } from '../contract/wrapped.ts';
import { ask } from '../foreign/hook.ts';
import { isFailure } from '../foreign/ruling.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { invalidError, requireFunction, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

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
  const { isLast, truncated, classify } = requireOptions('guardStream', options, [
    'isLast',
    'truncated',
    'classify',
    'signal',
  ]);
  if (isLast !== undefined) requireFunction('guardStream isLast', isLast);
  if (classify !== undefined) requireFunction('guardStream classify', classify);
  if (truncated !== undefined) requireOneOf('guardStream truncated', truncated, ['record', 'throw']);
  return new Guarded(breaker, open, options);
}

/** A call whose answer is a stream, from its permit to its last ruling. */
class Guarded<Chunk> implements GuardedStream<Chunk> {
  readonly #breaker: Breaker;
  readonly #open: () => AsyncIterable<Chunk> | PromiseLike<AsyncIterable<Chunk>>;
  readonly #options: GuardStreamOptions<Chunk>;
  readonly #now: () => Instant;
  #permit: Permit | undefined;
  #source: Promise<AsyncIterator<Chunk>> | undefined;
  #started: Instant = 0;
  /** How long the first chunk took. */
  #duration: Millis | undefined;
  #last: Chunk | undefined;
  #isComplete: boolean;
  /** Set when the stream has ended or its reader has left: nothing more is settled or recorded. */
  #isOver = false;
  #isSettled = false;

  constructor(...[breaker, open, options]: Required<Parameters<typeof guardStream<Chunk>>>) {
    this.#breaker = breaker;
    this.#open = open;
    this.#options = options;
    this.#isComplete = options.isLast === undefined;
    this.#now = breaker.clock.now;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Chunk, unknown>> {
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    this.#source ??= this.#begin();
    return this.#source.then((source) => source.next()).then(this.#received, this.#broke);
  }

  /** Makes the call. Every failure rejects this promise, so that all of them surface in the read. */
  #begin(): Promise<AsyncIterator<Chunk>> {
    const stopped = stoppedBefore(this.#options.signal);
    if (stopped) return Promise.reject(stopped.reason);
    try {
      this.#permit = this.#breaker.acquire();
      this.#started = this.#now();
      return Promise.resolve(this.#open()).then((stream) => this.#iteratorOf(stream));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #iteratorOf(stream: AsyncIterable<Chunk>): AsyncIterator<Chunk> {
    const make = (stream as Partial<AsyncIterable<Chunk>> | null | undefined)?.[Symbol.asyncIterator];
    if (typeof make === 'function') return make.call(stream);
    // The caller's mistake, not the dependency's.
    this.#settle('ignored');
    this.#isOver = true;
    throw invalidError('guardStream', 'given a function that returns an async iterable', stream);
  }

  readonly #received = (result: IteratorResult<Chunk, unknown>): IteratorResult<Chunk, unknown> => {
    if (this.#isOver) return result;
    if (result.done) return this.#ended(result);
    this.#duration ??= this.#now() - this.#started;
    this.#last = result.value;
    const { isLast } = this.#options;
    if (isLast && ask('isLast', this.#breaker, isLast, result.value)) this.#isComplete = true;
    if (this.#permit?.probe) this.#settle('success');
    return result;
  };

  #ended(result: IteratorResult<Chunk, unknown>): IteratorResult<Chunk, unknown> {
    this.#isOver = true;
    if (this.#isComplete) {
      this.#settle(classifyWith({ value: this.#last }, this.#options.classify, outcomeOf, this.#breaker));
      return result;
    }
    this.#settle({ outcome: 'failure', kind: 'truncated' });
    if (this.#options.truncated === 'throw') throw new StreamTruncatedError(this.#breaker.name);
    return result;
  }

  readonly #broke = (error: unknown): never => {
    const wasOver = this.#isOver;
    this.#isOver = true;
    const { signal, classify } = this.#options;
    if (!wasOver) this.#settle(outcomeOfAbort(signal) ?? classifyWith({ error }, classify, outcomeOf, this.#breaker));
    throw error;
  };

  return(value?: unknown): Promise<IteratorResult<Chunk, unknown>> {
    this.#left();
    const over = { done: true, value } as IteratorResult<Chunk, unknown>;
    if (!this.#source) return Promise.resolve(over);
    // If the stream never began, there is nothing to close.
    return this.#source.then(
      (source) => source.return?.(value) ?? over,
      () => over,
    );
  }

  throw(error?: unknown): Promise<IteratorResult<Chunk, unknown>> {
    this.#left();
    if (!this.#source) return Promise.reject(error);
    return this.#source.then((source) => source.throw?.(error) ?? Promise.reject(error));
  }

  /** The reader has left, which says nothing about the dependency unless the answer was already complete. */
  #left(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#settle(this.#isComplete && this.#options.isLast ? 'success' : 'ignored');
  }

  /** Settles the permit with the first ruling. After that only a failure is new evidence, and is recorded. */
  #settle(ruling: Outcome | Ruling): void {
    const permit = this.#permit;
    const duration = this.#duration ?? this.#now() - this.#started;
    if (permit && !this.#isSettled) permit.settle(ruling, Math.max(0, duration));
    else if (permit && isFailure(ruling)) this.#breaker.record(ruling, Math.max(0, duration));
    this.#isSettled = true;
  }
}
