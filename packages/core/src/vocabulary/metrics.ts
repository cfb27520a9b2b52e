import type { Evidence } from './because.ts';
import type { Mode, State } from './state.ts';

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
