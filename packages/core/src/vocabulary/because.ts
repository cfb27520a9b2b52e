import type { Instant } from './time.ts';

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
