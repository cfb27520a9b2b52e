import type { Breaker, Permit } from '../contract/breaker.ts';

/**
 * The permit of a request whose body comes in while it is answered. It is acquired when the body has ended, or when the call
 * ends before: until then a slow client holds no probe, and no duration is measured. If the circuit grants none by then, the
 * outcome is recorded without a permit.
 */
export class LatePermit implements Pick<Permit, 'settle'> {
  readonly #breaker: Breaker;
  #permit: Permit | undefined;
  #isSettled = false;

  /** @param onBodyEnd calls its listener when the body has ended, or when there is no more use in waiting for it */
  constructor(breaker: Breaker, onBodyEnd: (listener: () => void) => void) {
    this.#breaker = breaker;
    onBodyEnd(() => this.#acquire());
  }

  settle(...ruling: Parameters<Permit['settle']>): void {
    this.#acquire();
    this.#isSettled = true;
    if (this.#permit) this.#permit.settle(...ruling);
    else this.#breaker.record(...ruling);
  }

  #acquire(): void {
    if (!this.#isSettled && this.#breaker.retryAfter === 0) this.#permit ??= this.#breaker.tryAcquire();
  }
}

/**
 * Throws the refusal of a circuit that refuses now. Reading `retryAfter` takes no probe; the acquire makes the error and
 * counts the refusal.
 */
export function refuseAtOnce(breaker: Breaker): void {
  if (breaker.retryAfter > 0) breaker.acquire().settle('ignored');
}
