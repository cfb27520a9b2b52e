import type { Because } from './because.ts';
import type { Outcome } from './outcome.ts';
import type { Mode, State } from './state.ts';
import type { Instant, Millis } from './time.ts';

/** Something that happened to a breaker, as plain data: it survives JSON and structured clones. */
export interface BreakerEvent {
  /**
   * - `move`: the state changed, `from` and `to` and `because` say how.
   * - `reject`: a call was refused.
   * - `wouldOpen`: in shadow mode, the circuit would have opened.
   * - `mode`: an operator changed the mode, `from` and `to` name modes.
   * - `lost`: a probe was never settled and its place was reclaimed.
   * - `outcome`: a call was settled; only for listeners that asked for outcomes.
   */
  readonly type: 'move' | 'reject' | 'outcome' | 'wouldOpen' | 'mode' | 'lost';

  /** The breaker's name. */
  readonly breaker: string;

  /** When, on the breaker's clock. */
  readonly at: Instant;

  /** The state, or the mode, that was left. */
  readonly from?: State | Mode;

  /** The state, or the mode, that was entered. */
  readonly to?: State | Mode;

  /** Why: of moves, refusals and what would have opened. */
  readonly because?: Because;

  /** What the call said about the dependency. */
  readonly outcome?: Outcome;

  /** What kind of ending it was, where a classifier said. */
  readonly kind?: string;

  /** How long the call took, in milliseconds, where it was measured. */
  readonly duration?: Millis;

  /** Whether it took so long that the rule counts it as slow; absent where it did not, or the rule counts no slow calls. */
  readonly slow?: true;
}
