import { SHOWN_STATES, type ShownState, shownState } from '../numbers/words.ts';
import type { ObservedBreaker } from '../source/source.ts';

/** Where the breakers of one name stand, be they none, one or many. */
export class Standing {
  readonly states: Map<ShownState, number> = new Map(SHOWN_STATES.map((state) => [state, 0]));
  calls = 0;
  #failures = 0;
  #slow = 0;

  /** Takes a breaker in. Reading it changes nothing. */
  add(breaker: ObservedBreaker): void {
    const metrics = breaker.metrics();
    const state = shownState(metrics);
    this.states.set(state, (this.states.get(state) ?? 0) + 1);
    this.calls += metrics.calls;
    this.#failures += metrics.failures;
    this.#slow += metrics.slow;
  }

  /** From 0 to 1; 0 while there are no calls. */
  get failureRatio(): number {
    return this.#failures / Math.max(1, this.calls);
  }

  /** From 0 to 1; 0 while there are no calls, and where the rule counts no slow ones. */
  get slowRatio(): number {
    return this.#slow / Math.max(1, this.calls);
  }
}
