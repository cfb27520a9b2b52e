import type { AbortState } from '@switchgear/core';
import { reasonOf } from '@switchgear/core/adapter';
import type { Deadline } from '../deadline/deadline.ts';
import type { CallContext, CallOptions } from './call-options.ts';
import { abort, type Follower, follow, unfollow } from './follow.ts';
import { here } from './here.ts';
import type { TimeLimit } from './time-limit.ts';
import type { Waiting, WaitingRow } from './waiting.ts';

/**
 * A call with a signal of its own, which aborts with the caller's and may be limited in time. A signal costs more than all the
 * rest of a call, so it is made, and the caller's followed, only if somebody reads it. One class with plain fields for every
 * call, since each begins with one: as two classes, or with `#private` fields, it cost 20 ns more.
 */
export class DerivedCall implements CallContext, AbortState, Follower, Waiting {
  private readonly outer: CallOptions | undefined;
  private controller: AbortController | undefined = undefined;
  private following: AbortSignal | undefined = undefined;
  private isGivenUp = false;
  private given: unknown = undefined;
  /** Aborts the signal in the context of whoever reads it, where the timer calls in another's. */
  private abortHere: (() => void) | undefined = undefined;

  /** Of a call under a time limit: whose, where it waits, how it rejects, and by when. */
  private readonly limit: TimeLimit | undefined;
  private row: WaitingRow | undefined;
  private readonly reject: ((error: unknown) => void) | undefined;
  private readonly left: Deadline | undefined;
  /** Of work that was given up: tells those who wait for its end. */
  private ended: (() => void) | undefined = undefined;

  since: number | undefined = undefined;
  earlier: Waiting | undefined = undefined;
  later: Waiting | undefined = undefined;
  timer: unknown = undefined;

  constructor(
    outer: CallOptions | undefined,
    limit?: TimeLimit,
    row?: WaitingRow,
    reject?: (error: unknown) => void,
    left?: Deadline,
  ) {
    this.outer = outer;
    this.limit = limit;
    this.row = row;
    this.reject = reject;
    this.left = left;
    row?.add(this);
  }

  /** From now on its time runs. */
  waitIn(row: WaitingRow): void {
    this.row = row;
    row.add(this);
  }

  get key(): string | undefined {
    return this.outer?.key;
  }

  get deadline(): Deadline | undefined {
    return this.left ?? this.outer?.deadline;
  }

  get signal(): AbortSignal {
    return (this.controller ?? this.makeController()).signal;
  }

  private makeController(): AbortController {
    const controller = new AbortController();
    this.controller = controller;
    const outer = this.outer?.signal;
    if (this.isGivenUp) abort(controller, this.given);
    else if (outer?.aborted) abort(controller, reasonOf(outer));
    else {
      if (this.row?.isShared ?? this.limit) this.abortHere = here(() => abort(controller, this.given));
      if (outer) {
        this.following = outer;
        follow(outer, this);
      }
    }
    return controller;
  }

  /** Whether the caller or a policy gave the call up. Asking makes no signal. */
  get aborted(): boolean {
    return this.isGivenUp || stateOf(this.outer)?.aborted === true;
  }

  get reason(): unknown {
    const outer = stateOf(this.outer);
    return this.isGivenUp || !outer?.aborted ? this.given : reasonOf(outer);
  }

  /** The caller gives the call up. */
  abort(reason: unknown): void {
    if (this.giveUp(reason) && this.controller) abort(this.controller, reason);
  }

  /** The first reason stands. */
  private giveUp(reason: unknown): boolean {
    if (this.isGivenUp) return false;
    this.isGivenUp = true;
    this.given = reason;
    this.letGo();
    return true;
  }

  /** The time is over: the caller hears of it, and the work goes on until it heeds the signal or ends. */
  expire(): void {
    if (!this.limit) return;
    const ended = new Promise<void>((resolve) => {
      this.ended = resolve;
    });
    this.limit.abandoned++;
    const error = this.limit.errorFor(ended);
    this.reject?.(error);
    if (!this.giveUp(error) || !this.controller) return;
    if (this.abortHere) this.abortHere();
    else abort(this.controller, error);
  }

  /** The work has ended: in time, too late, or there was no limit. */
  end(): void {
    this.row?.remove(this);
    if (this.following) this.letGo();
    if (!this.ended || !this.limit) return;
    this.limit.abandoned--;
    this.ended();
  }

  private letGo(): void {
    if (this.following) unfollow(this.following, this);
    this.following = undefined;
  }
}

/** Whether a call was given up, without making a signal for the question. */
export function stateOf(call: CallOptions | undefined): AbortState | null | undefined {
  return call instanceof DerivedCall ? call : call?.signal;
}
