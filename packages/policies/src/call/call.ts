import type { Millis } from '@switchgear/core';

/** When an answer is wanted. It travels with a call: from layer to layer, and as a header from service to service. */
export interface Deadline {
  /** Milliseconds left; 0 once the deadline has passed. */
  remaining(): Millis;
}

/** Who retries a call: the outermost of the retries around it. */
export interface RetryOwner {
  /** The name it was entered with, such as that of a `retry`. */
  readonly name: string;

  /** Whether its call is still under way. Work that outlives that call has no owner, and may be retried. */
  readonly isActive: boolean;
}

/** What a caller may say about one call. A policy passes it on to what is inside it. */
export interface CallOptions {
  /**
   * The caller's signal: when it aborts, the call's own signal aborts too. If it has aborted before the call, the call is not
   * made and no slot or permit is taken: the promise rejects with the signal's reason, even where a policy would have refused.
   *
   * @default undefined the caller never gives up
   */
  readonly signal?: AbortSignal | null | undefined;

  /**
   * When the caller wants its answer, for {@link deadline}.
   *
   * @default undefined the deadline's own limit, if it has one
   */
  readonly deadline?: Deadline | undefined;

  /**
   * What the call asks for, for {@link cached}: answers are kept under it.
   *
   * @default undefined the step's own key
   */
  readonly key?: string | undefined;

  /**
   * Who retries this call already: a {@link retry} inside then makes it once. Needed only where the runtime has no
   * `AsyncLocalStorage`; a context that is passed on carries it.
   *
   * @default undefined the owner in scope, if there is one
   */
  readonly retryOwner?: RetryOwner | undefined;
}

/** What the policies around a call tell it. */
export interface CallContext extends CallOptions {
  /** Aborts when the caller gives up, and when the call's time is over. Created when it is first read. */
  readonly signal: AbortSignal;
}

/** A call under policies: it may heed `signal`, and returns a value or a promise. */
export type Call<T> = (context: CallContext) => T | PromiseLike<T>;

/** The kinds of policies. */
export type PolicyKind = 'fallback' | 'deadline' | 'retry' | 'bulkhead' | 'timeout';

/** Surrounds a call and returns what the call returns: values and errors pass through untouched. */
export interface Policy {
  readonly kind: PolicyKind;

  /** Makes the call under this policy. Errors are rejections, even if the call throws. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<T>;
}
