import type { Millis } from '@switchgear/core';
import type { CallOptions } from '../call/call.ts';
import { type Follower, follow, unfollow } from '../call/follow.ts';
import { timerListFor } from '../time/coarse-timer.ts';
import { now } from '../time/host.ts';
import type { TimerEntry, TimerList } from '../time/timer-list.ts';

/** A place for one call. */
export type Slot = object;

/** A slot that may be reclaimed from a call that has not ended in time. */
class TimedSlot implements TimerEntry {
  /** When it was taken, on runtimes whose timers do not outlive a request. */
  readonly taken: Millis | undefined;
  readonly timers: TimerList;
  isDue = false;
  since: number | undefined = undefined;
  previous: TimerEntry | undefined = undefined;
  next: TimerEntry | undefined = undefined;
  timer: unknown = undefined;
  readonly #onDue: () => void;

  constructor(timers: TimerList, onDue: () => void) {
    this.taken = timers.isShared ? undefined : now();
    this.timers = timers;
    this.#onDue = onDue;
    timers.add(this);
  }

  expire(): void {
    this.isDue = true;
    this.#onDue();
  }
}

/** The slots that are taken, the oldest first. */
export class Slots {
  readonly #taken = new Set<Slot>();
  readonly #concurrent: number;
  readonly #reclaimAfter: Millis | undefined;
  readonly #onDue: () => void;
  #timers: TimerList | undefined = undefined;

  /** @param onDue called when a slot may be reclaimed, because a waiting call would not ask again by itself */
  constructor(concurrent: number, reclaimAfter: Millis | undefined, onDue: () => void) {
    this.#concurrent = concurrent;
    this.#reclaimAfter = reclaimAfter;
    this.#onDue = onDue;
  }

  get taken(): number {
    return this.#taken.size;
  }

  /** A slot, if one is free or can be reclaimed. */
  take(): Slot | undefined {
    if (this.#taken.size >= this.#concurrent && !this.#reclaim()) return undefined;
    const slot = this.#reclaimAfter === undefined ? {} : this.#timed(this.#reclaimAfter);
    this.#taken.add(slot);
    return slot;
  }

  #timed(reclaimAfter: Millis): TimedSlot {
    this.#timers = timerListFor(reclaimAfter, this.#timers);
    return new TimedSlot(this.#timers, this.#onDue);
  }

  /** Reclaims the oldest slot if it is due, by its timer or by the clock: on Workers a timer ends with its request. */
  #reclaim(): boolean {
    const [oldest] = this.#taken;
    if (!(oldest instanceof TimedSlot)) return false;
    const { isDue: isOver, taken } = oldest;
    const isDue = isOver || (taken !== undefined && now() - taken >= (this.#reclaimAfter ?? Infinity));
    if (isDue) this.free(oldest);
    return isDue;
  }

  /** Returns a slot. If it was reclaimed, another call has it now and nothing changes. */
  free(slot: Slot): void {
    if (slot instanceof TimedSlot) slot.timers.remove(slot);
    this.#taken.delete(slot);
  }
}

/** Why a call left the queue without a slot: it waited too long, or the caller gave up for this reason. */
export type Departure = { readonly waited: true } | { readonly reason: unknown };

/** A call in the queue, until it gets a slot, its time is over or its caller gives up. */
export class QueuedCall implements TimerEntry, Follower {
  since: number | undefined = undefined;
  previous: TimerEntry | undefined = undefined;
  next: TimerEntry | undefined = undefined;
  timer: unknown = undefined;
  readonly #signal: AbortSignal | null | undefined;
  #timers: TimerList | undefined = undefined;
  readonly #onSlot: (slot: Slot) => void;
  readonly #onLeave: (queued: QueuedCall, departure: Departure) => void;

  /** @param onSlot resolves the caller's promise, so that the caller makes the call and not the code that freed the slot */
  constructor(
    options: CallOptions | undefined,
    onSlot: (slot: Slot) => void,
    onLeave: (queued: QueuedCall, departure: Departure) => void,
  ) {
    this.#signal = options?.signal;
    this.#onSlot = onSlot;
    this.#onLeave = onLeave;
    if (this.#signal) follow(this.#signal, this);
  }

  startTimer(timers: TimerList): void {
    this.#timers = timers;
    timers.add(this);
  }

  stopTimer(): void {
    this.#timers?.remove(this);
  }

  /** Gives the call its slot. */
  give(slot: Slot): void {
    this.#unfollow();
    this.#onSlot(slot);
  }

  expire(): void {
    this.#unfollow();
    this.#onLeave(this, { waited: true });
  }

  abort(reason: unknown): void {
    this.#unfollow();
    this.#onLeave(this, { reason });
  }

  #unfollow(): void {
    if (this.#signal) unfollow(this.#signal, this);
  }
}
