import type { CallOptions } from '../call/call-options.ts';
import { type Follower, follow, unfollow } from '../call/follow.ts';
import type { Waiting, WaitingRow } from '../call/waiting.ts';
import type { Slot } from './slots.ts';

/** How a wait for a slot ends without one: its time was over, or the caller gave up, for this reason. */
export type Leaving = { readonly waited: true } | { readonly reason: unknown };

/** A call that waits for a slot: until it is called up, its time is over, or its caller gives up. */
export class QueuedCall implements Waiting, Follower {
  since: number | undefined = undefined;
  earlier: Waiting | undefined = undefined;
  later: Waiting | undefined = undefined;
  timer: unknown = undefined;
  readonly #signal: AbortSignal | null | undefined;
  #row: WaitingRow | undefined = undefined;
  readonly #give: (slot: Slot) => void;
  readonly #leave: (queued: QueuedCall, leaving: Leaving) => void;

  /** @param give resolves what the caller waits on: the call is made by the caller, not by whoever frees the slot */
  constructor(
    options: CallOptions | undefined,
    give: (slot: Slot) => void,
    leave: (queued: QueuedCall, leaving: Leaving) => void,
  ) {
    this.#signal = options?.signal;
    this.#give = give;
    this.#leave = leave;
    if (this.#signal) follow(this.#signal, this);
  }

  waitIn(row: WaitingRow): void {
    this.#row = row;
    row.add(this);
  }

  leaveRow(): void {
    this.#row?.remove(this);
  }

  /** A slot is free. */
  callUp(slot: Slot): void {
    this.#release();
    this.#give(slot);
  }

  expire(): void {
    this.#release();
    this.#leave(this, { waited: true });
  }

  abort(reason: unknown): void {
    this.#release();
    this.#leave(this, { reason });
  }

  #release(): void {
    if (this.#signal) unfollow(this.#signal, this);
  }
}
