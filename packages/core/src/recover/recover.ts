import type { Rule } from '../rules/rule.ts';
import type { StepNotes, Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** What is known when a circuit goes half-open. */
export interface Beginning {
  readonly at: Instant;

  /** How long the circuit was open before; 0 when it came straight from closed. */
  readonly wait: Millis;

  /** Whether it came straight from closed: the dependency answers, and there is a load already. */
  readonly fromClosed: boolean;
}

/** The answer to a call that asks to be let through. A refusal may change the memory too. */
export interface Admission<Memory> {
  readonly admitted: boolean;
  readonly memory: Memory;

  /** How many probes were given up for lost just now. */
  readonly lost: number;

  /** When a place comes free at the latest, for a caller who was refused; absent where any moment may bring it. */
  readonly freeAt?: Instant;

  /** Whether a new era begins with this call: the outcomes of calls that are under way from before no longer count. */
  readonly newEra?: boolean;

  /** What the observer of the calls should know, where the recovery reads vitals. */
  readonly notes?: StepNotes | undefined;
}

/** How a call that was let through while half-open came back. */
export interface ProbeEnding {
  readonly at: Instant;

  /** The number it was admitted under. */
  readonly id: number;

  readonly outcome: Outcome;

  /** Whether it lasted as long as a slow call, by the breaker's own rule. */
  readonly slow: boolean;

  /** Milliseconds it took. */
  readonly duration: Millis;

  /** What kind of ending it was, where a classifier said. */
  readonly kind?: string | undefined;
}

/** Where recovery goes from here: on with this memory, or to an end of the stay. */
export type Progress<Memory> = {
  /** What the observer of the calls should know, where the recovery reads vitals. */
  readonly notes?: StepNotes | undefined;
} & (
  | {
      readonly memory: Memory;

      /** Whether a new era begins from here: the outcomes of calls that are under way no longer count. */
      readonly newEra?: boolean;
      readonly to?: undefined;
      readonly verdict?: undefined;
    }
  | {
      readonly to: 'open' | 'closed';
      readonly verdict: Verdict;
      readonly memory?: undefined;
      readonly newEra?: undefined;
    }
);

/** The end of a stay that time alone has brought about. */
export interface Expiry {
  readonly to: 'open' | 'closed';

  /** When it ended: the deadline, not the moment somebody noticed. */
  readonly at: Instant;

  readonly verdict: Verdict;
}

/**
 * How traffic comes back. Pure over its memory, which is plain data and lives in the state of the circuit.
 */
export interface Recover<Memory = unknown> {
  /** The vitals it reads, if any. The breaker then keeps them, and hands them to each function here. */
  readonly vitals?: VitalsRecipe | undefined;

  /** The memory of a stay that begins now. */
  start(beginning: Beginning, vitals?: Vitals): Memory;

  /** May this call through? It would be admitted under the number `id`. */
  admit(memory: Memory, now: { readonly at: Instant; readonly id: number }, vitals?: Vitals): Admission<Memory>;

  /** A call came back. One whose place was reclaimed changes nothing. */
  settle(memory: Memory, ending: ProbeEnding, vitals?: Vitals): Progress<Memory>;

  /** Whether time alone has ended the stay. */
  expired?(memory: Memory, stay: { readonly at: Instant; readonly since: Instant }): Expiry | undefined;

  /** What the probes of this stay said so far. */
  tally(memory: Memory): {
    readonly calls: number;
    readonly failures: number;
    readonly slow: number;

    /** The share of the traffic that is let through, where recovery goes by shares. */
    readonly share?: number;
  };
}

/** What recovery is built from besides its own options. */
export interface RecoverSetting {
  /** The breaker's `permitTimeout`. */
  readonly permitTimeout: Millis;

  /** The breaker's own rule, unless its detector is no rule. */
  readonly rule: Rule | undefined;
}

/** A kind of recovery: an immutable value that many breakers may share. */
export interface RecoverRecipe {
  /** The recovery of a breaker with this setting. */
  build(setting: RecoverSetting): Recover;
}
