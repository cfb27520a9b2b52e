import type { Instant } from './time.ts';

/** All states. */
export const STATES = ['closed', 'open', 'half-open'] as const;

/** The state of a circuit. */
export type State = 'closed' | 'open' | 'half-open';

/** All modes. */
export const MODES = ['active', 'isolated', 'disabled', 'shadow'] as const;

/**
 * What an operator has set, independent of the state.
 *
 * - `active`: the circuit decides.
 * - `isolated`: every call is refused.
 * - `disabled`: every call goes through and nothing is counted.
 * - `shadow`: every call goes through, calls are counted and judged, and what would have happened is reported.
 */
export type Mode = 'active' | 'isolated' | 'disabled' | 'shadow';

/** The numbers behind a decision. Plain and finite, so they survive JSON and structured clones. */
export type Evidence = Readonly<Record<string, number>>;

/** The result of a rule that has seen enough evidence. */
export interface Verdict {
  /** The rule's name: `'failureRate'`. */
  readonly rule: string;

  /** The numbers it saw, and its own limits. */
  readonly evidence?: Evidence;

  /**
   * `'half-open'` limits the traffic without an open period; `'open'` stops it.
   *
   * @default 'open'
   */
  readonly to?: 'open' | 'half-open';
}

/** Why a circuit moved, or why it refused a call. */
export interface Because {
  /** The name of the rule that decided: `'failureRate'`, `'probes'`, `'trip'`, `'isolated'`. */
  readonly rule: string;

  /** When it decided, on the breaker's clock. A refusal carries the time of the move that caused it. */
  readonly at: Instant;

  /** The numbers it decided on. */
  readonly evidence?: Evidence;

  /** When a call may next be admitted, on the breaker's clock; absent if unknown. */
  readonly nextAttemptAt?: Instant;
}

/** The counters of a breaker, as plain numbers. */
export interface Metrics {
  readonly state: State;
  readonly mode: Mode;

  /**
   * Settled calls in the window while closed, settled probes while half-open; 0 while open. The window is that of the
   * option `window`, by default the last 10 s, also for a rule that needs none. Ignored calls are not among them.
   */
  readonly calls: number;

  /** How many of those calls failed. */
  readonly failures: number;

  /** How many of those calls were slow; 0 if the rule does not count slow calls. */
  readonly slow: number;

  /** Ignored calls since the last move. */
  readonly ignored: number;

  /** Calls refused since the last move. */
  readonly rejected: number;

  /** The share of calls that failed, from 0 to 1; `null` while there are too few calls to judge. */
  readonly failureRate: number | null;

  /**
   * The share of slow calls, from 0 to 1; `null` while there are too few calls to judge, or if the rule does not count
   * slow calls.
   */
  readonly slowCallRate: number | null;

  /** While half-open with `ramp`: the share of the traffic let through at the current stage. Absent otherwise. */
  readonly share?: number;

  /** Calls that began before a move and were settled after it. They have no effect on the state. */
  readonly late: number;

  /** Probes that were never settled and whose place was reclaimed. */
  readonly lost: number;

  /** Listeners, classifiers and plugs that threw. */
  readonly errors: number;

  /** The numbers that the last opening was decided on. */
  readonly evidence?: Evidence;
}
