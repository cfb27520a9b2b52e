/** Milliseconds: the memory of the offered rate, and of the normal latency. */
const RATE_MEMORY = 20_000;
const BASE_MEMORY = 60_000;
const BASE_CALLS = 500;
/** Calls over which the present latency is averaged. */
const FAST_CALLS = 20;
/** Calls without an answer before silence counts. */
const SILENT_CALLS = 8;
/** Tolerated latency as a multiple of the normal one. */
const TOLERANCE = 3;

/** What the parts of the reference know together: rate, latencies, load, silence. */
export class Vitals {
  #count = 0;
  #countedAt = 0;
  #born = Number.NaN;
  #samples = 0;
  base = Number.POSITIVE_INFINITY;
  fast = 0;
  lastSuccess = 0;
  /** Between the last two successes. */
  gap = Number.POSITIVE_INFINITY;
  /** Calls under way, those that hang included; and of the present stay alone. */
  outstanding = 0;
  load = 0;
  /** Calls sent, and milliseconds waited, since the last answer. */
  sent = 0;
  silent = 0;

  /** A caller asks for a permit. */
  offered(at: number): void {
    if (Number.isNaN(this.#born)) this.#born = this.lastSuccess = at;
    const past = at - this.#countedAt;
    this.#count = this.#count * Math.exp(-past / RATE_MEMORY) + 1;
    this.#countedAt = at;
    // A stalled event loop received no answers either.
    if (this.outstanding > 0) this.silent += Math.min(past, 4 / this.rate(at));
  }

  /** Calls offered a millisecond. */
  rate(at: number): number {
    const age = Math.max(1_000, at - this.#born);
    const count = this.#count * Math.exp(-(at - this.#countedAt) / RATE_MEMORY);
    return count / (RATE_MEMORY * (1 - Math.exp(-age / RATE_MEMORY)));
  }

  /** Calls under way on average when all is well. */
  normalLoad(at: number): number {
    return this.#samples > 0 ? this.rate(at) * this.base : 0;
  }

  /** Whether more calls went unanswered than chance explains, at the given threshold of evidence. */
  isSilent(at: number, needed: number): boolean {
    const { outstanding, sent, silent, base } = this;
    const isLongEnough = this.rate(at) * (silent - TOLERANCE * base) > needed;
    return outstanding > 0 && sent > Math.max(SILENT_CALLS, needed) && isLongEnough;
  }

  /** Whether calls are slow and more of them are under way than chance explains. */
  isOverloaded(at: number, needed: number): boolean {
    const normal = this.normalLoad(at);
    return this.fast > TOLERANCE * this.base && this.load > normal + needed / 3 + Math.sqrt(2 * normal * needed);
  }

  answered(): void {
    this.sent = 0;
    this.silent = 0;
  }

  succeeded(at: number, latency: number): void {
    this.gap = at - this.lastSuccess;
    this.lastSuccess = at;
    const n = ++this.#samples;
    if (n === 1) this.base = this.fast = latency;
    this.fast += (latency - this.fast) * Math.max(1 / n, 1 / FAST_CALLS);
    let share = Math.max(1 / n, Math.min(1 / BASE_CALLS, this.gap / BASE_MEMORY));
    // Not among the first: those that come back first are the short ones, and would pass for normal.
    if (n > BASE_CALLS && latency > this.base && this.fast > 1.5 * this.base) share /= 10;
    this.base += (latency - this.base) * share;
  }
}
