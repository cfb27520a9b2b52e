/** As many calls are remembered. */
const MEMORY = 1_000;
/** Before anything is known: one call in two hundred, weighing as much as a hundred calls. */
const FAILURES_ASSUMED = 0.5;
const CALLS_ASSUMED = 100;
/** A service that never fails is not believed to be so; one that fails more often is not called normal. */
const LEAST = 0.001;
const MOST = 0.3;

/** What share of the calls normally fails: learnt from them, later ones weighing more. */
export class NormalFailureRate {
  #failures = FAILURES_ASSUMED;
  #calls = CALLS_ASSUMED;

  /** From 0.001 to 0.3. */
  get share(): number {
    return Math.min(MOST, Math.max(LEAST, this.#failures / this.#calls));
  }

  /** @param calls 1, or any number of successes */
  add(calls: number, failures: number): void {
    const room = Math.min(calls, MEMORY - this.#calls);
    this.#calls += room;
    // With the memory full, each call takes its share of what is remembered with it.
    if (calls > room) this.#failures *= (1 - 1 / MEMORY) ** (calls - room);
    this.#failures += failures;
  }
}
