/** Something that waits for at most a while. A timer keeps its place in these fields; nobody else writes them. */
export interface Waiting {
  /** The time is over. */
  expire(): void;

  /** When it was first seen waiting; `undefined` until then. */
  since: number | undefined;
  earlier: Waiting | undefined;
  later: Waiting | undefined;
  timer: unknown;
}

/** All who wait equally long. Removing one who does not wait does nothing. */
export interface WaitingRow {
  /** Whether time is over for many in one timer, which then calls in the context of one of them. */
  readonly isShared: boolean;

  /** Whether the timers are still those that this row waits on. */
  isHere(): boolean;

  add(waiting: Waiting): void;
  remove(waiting: Waiting): void;
}
