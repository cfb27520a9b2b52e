import type { AbortState } from '@switchgear/core';
import type { Deadline } from '../deadline/deadline.ts';
import type { CallContext, CallOptions } from './call-options.ts';
import { type Follower, follow, reasonOf, unfollow } from './follow.ts';

/**
 * A call with a signal of its own, which aborts with the caller's. A signal costs more than all the rest of a call, so it
 * is made, and the caller's followed, only if somebody reads it.
 */
export class DerivedCall implements CallContext, AbortState, Follower {
  readonly #outer: CallOptions | undefined;
  #controller: AbortController | undefined = undefined;
  #following: AbortSignal | undefined = undefined;
  #isAborted = false;
  #reason: unknown = undefined;

  constructor(outer: CallOptions | undefined) {
    this.#outer = outer;
  }

  get key(): string | undefined {
    return this.#outer?.key;
  }

  get deadline(): Deadline | undefined {
    return this.#outer?.deadline;
  }

  get signal(): AbortSignal {
    return (this.#controller ?? this.#makeController()).signal;
  }

  #makeController(): AbortController {
    const controller = new AbortController();
    this.#controller = controller;
    const outer = this.#outer?.signal;
    if (this.#isAborted) abort(controller, this.#reason);
    else if (outer?.aborted) abort(controller, reasonOf(outer));
    else if (outer) {
      this.#following = outer;
      follow(outer, this);
    }
    return controller;
  }

  /** Whether the caller or a policy gave the call up. Asking makes no signal. */
  get aborted(): boolean {
    return this.#isAborted || stateOf(this.#outer)?.aborted === true;
  }

  get reason(): unknown {
    return this.#isAborted ? this.#reason : stateOf(this.#outer)?.reason;
  }

  /** Gives the call up. The first reason stands. */
  abort(reason: unknown): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    this.#reason = reason;
    this.release();
    if (this.#controller) abort(this.#controller, reason);
  }

  /** Lets the caller's signal go: the call is over, or was given up. */
  release(): void {
    if (!this.#following) return;
    unfollow(this.#following, this);
    this.#following = undefined;
  }
}

/** Whether a call was given up, without making a signal for the question. */
export function stateOf(call: CallOptions | undefined): AbortState | undefined {
  return call instanceof DerivedCall ? call : call?.signal;
}

/** Aborts, with a reason also where signals know none. */
function abort(controller: AbortController, reason: unknown): void {
  const { signal } = controller;
  if (!('reason' in signal)) Object.defineProperty(signal, 'reason', { value: reason });
  controller.abort(reason);
}
