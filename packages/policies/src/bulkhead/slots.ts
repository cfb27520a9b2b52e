import type { Millis } from '@switchgear/core';
import { now } from '../timeout/host.ts';

/** A place for one call. */
export interface Slot {
  readonly since: number;
}

/** The slots that are taken, the longest first. */
export class Slots {
  readonly #taken = new Set<Slot>();
  readonly #concurrent: number;
  readonly #reclaimAfter: Millis | undefined;

  constructor(concurrent: number, reclaimAfter: Millis | undefined) {
    this.#concurrent = concurrent;
    this.#reclaimAfter = reclaimAfter;
  }

  get taken(): number {
    return this.#taken.size;
  }

  /** A slot, if one is free or its call has been at it for too long. */
  take(): Slot | undefined {
    const at = this.#reclaimAfter === undefined ? 0 : now();
    if (this.#taken.size >= this.#concurrent && !this.#reclaim(at)) return undefined;
    const slot = { since: at };
    this.#taken.add(slot);
    return slot;
  }

  #reclaim(at: number): boolean {
    const [longest] = this.#reclaimAfter === undefined ? [] : this.#taken;
    return longest !== undefined && at - longest.since >= (this.#reclaimAfter ?? 0) && this.#taken.delete(longest);
  }

  /** Gives a slot back. One that was reclaimed is somebody else's by now. */
  free(slot: Slot): void {
    this.#taken.delete(slot);
  }
}
