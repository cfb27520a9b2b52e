import type { AbortState } from '@switchgear/core';
import { reasonOf } from '@switchgear/core/adapter';
import { inThisContext } from '../time/host.ts';
import type { TimerEntry, TimerList } from '../time/timer-list.ts';
import type { CallContext, CallOptions, Deadline, RetryOwner } from './call.ts';
import { abortWith, type Follower, follow, unfollow } from './follow.ts';

/** A policy that limits calls in time: it makes the error, and counts work that continues after the limit. */
export interface TimeLimit {
  abandoned: number;

  /** @param ended fulfilled when the work has ended */
  errorFor(ended: Promise<void>): Error;
}

/**
 * A call with a signal of its own, which aborts with the caller's and may have a time limit. A signal costs more than the rest
 * of a call, so it is created, and the caller's signal followed, only when the call reads it. One class with plain fields,
 * because each call creates one: two classes, or `#private` fields, cost 20 ns more.
 */
export class DerivedCall implements CallContext, AbortState, Follower, TimerEntry {
  private readonly outer: CallOptions | undefined;
  private controller: AbortController | undefined = undefined;
  private followed: AbortSignal | undefined = undefined;
  private isAborted = false;
  private ownReason: unknown = undefined;
  /** Aborts the signal in the context of the code that reads it, because a shared timer runs in another one. */
  private abortInContext: (() => void) | undefined = undefined;

  /** Of a call with a time limit: the policy, the timer, how to reject, and the deadline inside. */
  private readonly limit: TimeLimit | undefined;
  private timers: TimerList | undefined;
  private readonly reject: ((error: unknown) => void) | undefined;
  private readonly ownDeadline: Deadline | undefined;
  /** Of abandoned work: fulfils the promise that its end is awaited with. */
  private ended: (() => void) | undefined = undefined;

  since: number | undefined = undefined;
  previous: TimerEntry | undefined = undefined;
  next: TimerEntry | undefined = undefined;
  timer: unknown = undefined;

  constructor(
    outer: CallOptions | undefined,
    limit?: TimeLimit,
    timers?: TimerList,
    reject?: (error: unknown) => void,
    ownDeadline?: Deadline,
  ) {
    this.outer = outer;
    this.limit = limit;
    this.timers = timers;
    this.reject = reject;
    this.ownDeadline = ownDeadline;
    timers?.add(this);
  }

  /** Starts the time limit. */
  startTimer(timers: TimerList): void {
    this.timers = timers;
    timers.add(this);
  }

  get key(): string | undefined {
    return this.outer?.key;
  }

  get deadline(): Deadline | undefined {
    return this.ownDeadline ?? this.outer?.deadline;
  }

  get retryOwner(): RetryOwner | undefined {
    return this.outer?.retryOwner;
  }

  get signal(): AbortSignal {
    return (this.controller ?? this.makeController()).signal;
  }

  private makeController(): AbortController {
    const controller = new AbortController();
    this.controller = controller;
    const outer = this.outer?.signal;
    if (this.isAborted) abortWith(controller, this.ownReason);
    else if (outer?.aborted) abortWith(controller, reasonOf(outer));
    else {
      if (this.timers?.isShared ?? this.limit)
        this.abortInContext = inThisContext(() => abortWith(controller, this.ownReason));
      if (outer) {
        this.followed = outer;
        follow(outer, this);
      }
    }
    return controller;
  }

  /** Whether the caller or a policy has aborted the call. Reading it creates no signal. */
  get aborted(): boolean {
    return this.isAborted || stateOf(this.outer)?.aborted === true;
  }

  get reason(): unknown {
    const outer = stateOf(this.outer);
    return this.isAborted || !outer?.aborted ? this.ownReason : reasonOf(outer);
  }

  /** The caller gives the call up. */
  abort(reason: unknown): void {
    if (this.markAborted(reason) && this.controller) abortWith(this.controller, reason);
  }

  /** The first reason stands. */
  private markAborted(reason: unknown): boolean {
    if (this.isAborted) return false;
    this.isAborted = true;
    this.ownReason = reason;
    this.unfollowCaller();
    return true;
  }

  /** The time is over: the caller gets the error, and the work continues until it heeds the signal or ends. */
  expire(): void {
    if (!this.limit) return;
    const ended = new Promise<void>((resolve) => {
      this.ended = resolve;
    });
    this.limit.abandoned++;
    const error = this.limit.errorFor(ended);
    this.reject?.(error);
    if (!this.markAborted(error) || !this.controller) return;
    if (this.abortInContext) this.abortInContext();
    else abortWith(this.controller, error);
  }

  /** The work has ended, before or after its time limit. */
  end(): void {
    this.timers?.remove(this);
    if (this.followed) this.unfollowCaller();
    if (!this.ended || !this.limit) return;
    this.limit.abandoned--;
    this.ended();
  }

  private unfollowCaller(): void {
    if (this.followed) unfollow(this.followed, this);
    this.followed = undefined;
  }
}

/** Whether a call was aborted, without creating its signal. */
export function stateOf(call: CallOptions | undefined): AbortState | null | undefined {
  return call instanceof DerivedCall ? call : call?.signal;
}
