import type { Instant } from '../vocabulary/time.ts';
import { CALLS, FAILURES, FIRST, type WindowMemory, type WindowRecipe } from '../window/window.ts';
import type { Readings } from './detector.ts';

/** The calls in the window, for metrics: kept by detectors that do not judge them over a window. */
export class SeenCalls {
  readonly #window: WindowRecipe | undefined;
  readonly #memory: WindowMemory | undefined;

  /** @param earlier what a detector before has seen, which is kept if the window is the same */
  constructor(at: Instant, window: WindowRecipe | undefined, earlier: SeenCalls | undefined) {
    this.#window = window;
    this.#memory = earlier && earlier.#window?.id === window?.id ? earlier.#memory : window?.start(at, FIRST);
    this.#memory?.roll(at);
  }

  /** Until when successes may be counted together. */
  get until(): Instant {
    return this.#memory?.until ?? Infinity;
  }

  add(failed: boolean, at: Instant): void {
    const memory = this.#memory;
    if (!memory) return;
    memory.roll(at);
    memory.count(at);
    if (failed) memory.add(FAILURES, 1);
  }

  skip(successes: number): void {
    this.#memory?.skip(successes);
  }

  clear(at: Instant): void {
    this.#memory?.clear(at);
  }

  readings(at: Instant): Readings {
    this.#memory?.roll(at);
    const { [CALLS]: calls = 0, [FAILURES]: failures = 0 } = this.#memory?.sums ?? [];
    return { calls, failures, slow: 0, ...(calls > 0 && { failureRate: failures / calls }) };
  }
}
