/** Something whose picture grows old. */
export interface Subject {
  /** Gets a new picture. Must not reject. */
  refresh(): Promise<unknown>;
}

/**
 * Requests at a time: as many as browsers open connections to one server. A seventh would wait in the browser while its
 * timeout runs.
 */
const MOST = 6;

/** Refreshes what is new at once, and the others one a beat, whoever has waited longest. */
export class Refresher {
  readonly #arrivals = new Set<Subject>();
  // Sets keep the order of insertion, so this is the queue.
  readonly #waiting = new Set<Subject>();
  readonly #busy = new Set<Subject>();

  add(subject: Subject): void {
    this.#arrivals.add(subject);
    this.#welcome();
  }

  remove(subject: Subject): void {
    for (const set of [this.#arrivals, this.#waiting, this.#busy]) set.delete(subject);
  }

  /** Call this at the pace at which requests are to be made. */
  beat(): void {
    const [next] = this.#waiting;
    if (next && this.#busy.size < MOST) this.#refresh(next);
  }

  #welcome(): void {
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
      // One that was removed meanwhile is busy no more, and does not come back.
      if (this.#busy.delete(subject)) this.#waiting.add(subject);
      this.#welcome();
    });
  }
}
