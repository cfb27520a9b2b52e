/** Something that has to be refreshed. */
export interface Subject {
  /** Gets a new picture. Must not reject. */
  refresh(): Promise<unknown>;
}

/**
 * Requests at a time: as many as browsers open connections to one server. A seventh would wait in the browser while its
 * timeout runs.
 */
const MOST = 6;

/** Refreshes new subjects at once, and the others one at a time, longest waiting first. */
export class Refresher {
  readonly #arrivals = new Set<Subject>();
  // Sets keep the order of insertion, so this is the queue.
  readonly #waiting = new Set<Subject>();
  readonly #busy = new Set<Subject>();

  add(subject: Subject): void {
    this.#arrivals.add(subject);
    this.#startArrivals();
  }

  remove(subject: Subject): void {
    for (const set of [this.#arrivals, this.#waiting, this.#busy]) set.delete(subject);
  }

  /** Refreshes the one that has waited longest. Call this at the desired rate of requests. */
  refreshNext(): void {
    const [next] = this.#waiting;
    if (next && this.#busy.size < MOST) this.#refresh(next);
  }

  #startArrivals(): void {
    for (const subject of this.#arrivals) {
      if (this.#busy.size >= MOST) return;
      this.#refresh(subject);
    }
  }

  #refresh(subject: Subject): void {
    this.#arrivals.delete(subject);
    this.#waiting.delete(subject);
    this.#busy.add(subject);
    void subject.refresh().then(() => {
      // A subject removed meanwhile is no longer busy and must not be queued again.
      if (this.#busy.delete(subject)) this.#waiting.add(subject);
      this.#startArrivals();
    });
  }
}
