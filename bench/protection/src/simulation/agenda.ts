/** Future events: a binary heap by time, and by the order of entry at the same time. */
export class Agenda<What> {
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #whats: What[] = [];
  #entered = 0;

  /** The time of the next event; `Infinity` if there is none. */
  get next(): number {
    return this.#times.length > 0 ? (this.#times[0] as number) : Number.POSITIVE_INFINITY;
  }

  add(at: number, what: What): void {
    let place = this.#times.length;
    const order = this.#entered++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.#times[parent] as number) <= at) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, at, order, what);
  }

  /** Removes and returns the next event. There must be one. */
  take(): What {
    const taken = this.#whats[0] as What;
    const at = this.#times.pop() as number;
    const order = this.#orders.pop() as number;
    const what = this.#whats.pop() as What;
    const length = this.#times.length;
    if (length === 0) return taken;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#before(child + 1, child)) child++;
      const time = this.#times[child] as number;
      if (time > at || (time === at && (this.#orders[child] as number) > order)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, at, order, what);
    return taken;
  }

  #before(one: number, other: number): boolean {
    const difference = (this.#times[one] as number) - (this.#times[other] as number);
    return difference < 0 || (difference === 0 && (this.#orders[one] as number) < (this.#orders[other] as number));
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from] as number, this.#orders[from] as number, this.#whats[from] as What);
  }

  #put(place: number, at: number, order: number, what: What): void {
    this.#times[place] = at;
    this.#orders[place] = order;
    this.#whats[place] = what;
  }
}
