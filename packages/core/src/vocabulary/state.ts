import type { Instant } from './time.ts';

/** The states by name. */
export const STATES = ['closed', 'open', 'half-open'] as const;

/** Where a circuit stands. */
export type State = 'closed' | 'open' | 'half-open';

/** The modes by name. */
export const MODES = ['active', 'isolated', 'disabled', 'shadow'] as const;

/**
 * An operator's word, apart from the state.
 *
 * - `active`: the circuit decides.
 * - `isolated`: every call is refused.
 * - `disabled`: every call goes through and nothing is counted.
 * - `shadow`: every call goes through, calls are counted and judged, and what would have happened is reported.
 */
export type Mode = 'active' | 'isolated' | 'disabled' | 'shadow';

/** The numbers behind a decision. Plain and finite, so they survive JSON and structured clones. */
export type Evidence = Readonly<Record<string, number>>;

/** What a rule says when it has seen enough. */
export interface Verdict {
  /** The rule's name: `'failureRate'`. */
  readonly rule: string;

  /** The numbers it saw and its own limits. */
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
  /** The rule that decided: `'failureRate'`, `'probes'`, `'trip'`, `'isolated'`. */
  readonly rule: string;

  /** When it decided, on the breaker's clock. A refusal carries the time of the move that caused it. */
  readonly at: Instant;

  /** The numbers it decided on. */
  readonly evidence?: Evidence;

  /** When a call may next be admitted, on the breaker's clock; absent when nobody knows. */
  readonly nextAttemptAt?: Instant;
}

/** What a breaker knows of itself, as plain numbers. Reading it changes nothing. */
export interface Metrics {
  readonly state: State;
  readonly mode: Mode;

  /** Settled calls in the window while closed, settled probes while half-open; 0 while open. Ignored calls are not among them. */
  readonly calls: number;

  /** Those of them that failed. */
  readonly failures: number;

  /** Those of them that were slow, where the rule counts slow calls; else 0. */
  readonly slow: number;

  /** Calls since the last move that said nothing about the dependency. */
  readonly ignored: number;

  /** Calls refused since the last move. */
  readonly rejected: number;

  /** Share of failures, or `null` while the rule has too few calls to judge. */
  readonly failureRate: number | null;

  /** Share of slow calls, or `null` while the rule has too few calls to judge or judges no slowness. */
  readonly slowCallRate: number | null;

  /** While half-open under a `ramp`: the share of the traffic that is let through now, its stage. Absent otherwise. */
  readonly share?: number;

  /** Calls that ended after their era: begun before a move, settled after it. They decide nothing. */
  readonly late: number;

  /** Probes whose place was reclaimed because nobody settled them. */
  readonly lost: number;

  /** Listeners, classifiers and plugs that threw. */
  readonly errors: number;

  /** What the last opening was decided on. */
  readonly evidence?: Evidence;
}
