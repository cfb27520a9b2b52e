import type { Deadline } from '../deadline/deadline.ts';

/** What a caller may say of one call. A policy passes it on to what it surrounds. */
export interface CallOptions {
  /**
   * The caller's signal: when it aborts, the call's own signal does. Where it has aborted already the call is not made and
   * nothing is asked, neither slot nor permit: the promise rejects with the signal's reason, whatever else would refuse.
   *
   * @default undefined nobody gives up
   */
  readonly signal?: AbortSignal | null | undefined;

  /**
   * By when the caller wants its answer, for {@link deadline}.
   *
   * @default undefined the deadline's own limit, if it has one
   */
  readonly deadline?: Deadline | undefined;

  /**
   * What the call asks for, for {@link cached}: answers are kept by it.
   *
   * @default undefined the step's own key
   */
  readonly key?: string | undefined;
}

/** What a call is told by the policies around it. */
export interface CallContext extends CallOptions {
  /** Aborts when the caller gives up, and when the call's time is over. Made when it is first read. */
  readonly signal: AbortSignal;
}

/** A call under policies: it may heed `signal`, and gives a value or a promise of one. */
export type Call<T> = (context: CallContext) => T | PromiseLike<T>;
