import type { Millis } from '@switchgear/core';
import type { Waiting, WaitingRow } from '../call/waiting.ts';
import { now } from '../timeout/host.ts';
import { rowFor } from '../timeout/row-for.ts';

/** A place for one call. */
export type Slot = object;

/** A place that may be taken from a call that has not ended in time. */
class LentSlot implements Waiting {
  /** By the clock, where timers do not outlive a request. */
  readonly taken: Millis | undefined;
  readonly row: WaitingRow;
  isDue = false;
  since: number | undefined = undefined;
  earlier: Waiting | undefined = undefined;
  later: Waiting | undefined = undefined;
  timer: unknown = undefined;
  readonly #whenDue: () => void;

  constructor(row: WaitingRow, whenDue: () => void) {
    this.taken = row.isShared ? undefined : now();
    this.row = row;
    this.#whenDue = whenDue;
    row.add(this);
  }

  expire(): void {
    this.isDue = true;
    this.#whenDue();
  }
}

/** The slots that are taken, the longest first. */
export class Slots {
  readonly #taken = new Set<Slot>();
  readonly #concurrent: number;
  readonly #reclaimAfter: Millis | undefined;
  readonly #whenDue: () => void;
  #row: WaitingRow | undefined = undefined;

  /** @param whenDue told when a slot may be reclaimed: callers may wait for it, and no call of theirs would ask */
  constructor(concurrent: number, reclaimAfter: Millis | undefined, whenDue: () => void) {
    this.#concurrent = concurrent;
    this.#reclaimAfter = reclaimAfter;
    this.#whenDue = whenDue;
  }

  get taken(): number {
    return this.#taken.size;
  }

  /** A slot, if one is free or its call has been at it for too long. */
  take(): Slot | undefined {
    if (this.#taken.size >= this.#concurrent && !this.#reclaim()) return undefined;
    const slot = this.#reclaimAfter === undefined ? {} : this.#lend(this.#reclaimAfter);
    this.#taken.add(slot);
    return slot;
  }

  #lend(reclaimAfter: Millis): LentSlot {
    this.#row = rowFor(reclaimAfter, this.#row);
    return new LentSlot(this.#row, this.#whenDue);
  }

  /** By its timer; or by the clock: on Workers a timer is gone with its request, and so is the call. */
  #reclaim(): boolean {
    const [longest] = this.#taken;
    if (!(longest instanceof LentSlot)) return false;
    const { isDue: isOver, taken } = longest;
    const isDue = isOver || (taken !== undefined && now() - taken >= (this.#reclaimAfter ?? Infinity));
    if (isDue) this.free(longest);
    return isDue;
  }

  /** Gives a slot back. One that was reclaimed is another call's by now. */
  free(slot: Slot): void {
    if (slot instanceof LentSlot) slot.row.remove(slot);
    this.#taken.delete(slot);
  }
}
