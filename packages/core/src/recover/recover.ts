import type { Rule } from '../rules/rule.ts';
import type { StepNotes, Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** What a recovery receives when a circuit goes half-open. */
export interface Beginning {
  readonly at: Instant;

  /** How long the circuit was open before, in milliseconds; 0 if it came straight from closed. */
  readonly wait: Millis;

  /** Whether it came straight from closed. Then the dependency answers, and calls are under way. */
  readonly fromClosed: boolean;
}

/** The answer to a call that asks for a permit. A refusal may change the memory too. */
export interface Admission<Memory> {
  readonly admitted: boolean;
  readonly memory: Memory;

  /** How many more probes count as lost now. */
  readonly lost: number;

  /** For a refusal, when a place will be free at the latest; absent if one may become free at any moment. */
  readonly freeAt?: Instant;

  /** Whether a new era begins with this call: the outcomes of calls already under way then no longer count. */
  readonly newEra?: boolean;

  /** Notes for the observer of the calls, if the recovery reads vitals. */
  readonly notes?: StepNotes | undefined;
}

/** How a call ended that was let through while half-open. */
export interface ProbeEnding {
  readonly at: Instant;

  /** The number it was admitted with. */
  readonly id: number;

  readonly outcome: Outcome;

  /** Whether it was slow by the breaker's own rule. */
  readonly slow: boolean;

  /** How long it took, in milliseconds. */
  readonly duration: Millis;

  /** The kind of ending, if the ruling names one. */
  readonly kind?: string | undefined;
}

/** How recovery goes on: half-open with this memory, or with a move to another state. */
export type Progress<Memory> = {
  /** Notes for the observer of the calls, if the recovery reads vitals. */
  readonly notes?: StepNotes | undefined;
} & (
  | {
      readonly memory: Memory;

      /** Whether a new era begins: the outcomes of calls under way then no longer count. */
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

/** The end of a stay half-open that time alone has caused. */
export interface Expiry {
  readonly to: 'open' | 'closed';

  /** When it ended: the deadline itself, not the moment at which it was noticed. */
  readonly at: Instant;

  readonly verdict: Verdict;
}

/**
 * Decides how traffic returns while half-open. Pure: its memory is plain data, kept in the state of the circuit.
 */
export interface Recover<Memory = unknown> {
  /** The vitals it reads, if any. The breaker then keeps them and passes them to the functions here. */
  readonly vitals?: VitalsRecipe | undefined;

  /** Returns the memory for a stay that begins now. */
  start(beginning: Beginning, vitals?: Vitals): Memory;

  /** Decides whether to admit a call; if so, its number is `id`. */
  admit(memory: Memory, now: { readonly at: Instant; readonly id: number }, vitals?: Vitals): Admission<Memory>;

  /** Receives the ending of an admitted call, even of one whose place was reclaimed. */
  settle(memory: Memory, ending: ProbeEnding, vitals?: Vitals): Progress<Memory>;

  /** Returns the end of the stay if time alone has ended it. */
  expired?(memory: Memory, stay: { readonly at: Instant; readonly since: Instant }): Expiry | undefined;

  /** The counts of the probes so far, for metrics. */
  tally(memory: Memory): {
    readonly calls: number;
    readonly failures: number;
    readonly slow: number;

    /** The share of the traffic that is let through, if the recovery uses shares. */
    readonly share?: number;
  };
}

/** What a recovery is built from besides its own options. */
export interface RecoverSetting {
  /** The breaker's `permitTimeout`. */
  readonly permitTimeout: Millis;

  /** The breaker's own rule; undefined if its `openWhen` is a detector. */
  readonly rule: Rule | undefined;
}

/** A kind of recovery: an immutable value that many breakers may share. */
export interface RecoverRecipe {
  /** Builds the recovery of a breaker with this setting. */
  build(setting: RecoverSetting): Recover;
}
