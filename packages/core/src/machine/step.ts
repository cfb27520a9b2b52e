import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant } from '../vocabulary/time.ts';
import type { CircuitState } from './state.ts';

/** What the machine must be told of a breaker's options. */
export interface Plan {
  readonly openFor: OpenFor;
  readonly recovery: Recover;
}

/** What an event did. */
export interface Step {
  readonly state: CircuitState;

  /** The states entered, in order; time and an event together can cause two moves. */
  readonly moves: readonly CircuitState[];

  /** What it means for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused. */
  readonly admitted?: number | undefined;

  /** Probes given up for lost. */
  readonly lost?: number | undefined;

  /** What plugs have thrown or answered wrongly, for the shell to report. What they should have said is made up for. */
  readonly faults?: readonly unknown[] | undefined;

  /** Recovery has found that the present latency is the new normal one. */
  readonly acceptLatency?: boolean | undefined;
}

/** What recovery says of a call, whether it asks for leave or comes back. */
export interface Answer {
  readonly memory?: unknown;
  readonly admitted?: boolean;
  readonly lost?: number;
  readonly freeAt?: Instant;
  readonly to?: 'open' | 'closed' | undefined;
  readonly verdict?: Verdict | undefined;
  readonly fresh?: boolean | undefined;
  readonly acceptLatency?: boolean;
}
