import type { Because, Millis, State } from '@switchgear/core';
import type { Ground } from '../report/report.ts';

/** Something that happened to a sharing. A union discriminated by `type`. */
export type SharingEvent =
  /** Other instances are there, or have all gone. */
  | { readonly type: 'together'; readonly instances: number }
  | { readonly type: 'alone' }
  /** Others' calls would have opened a circuit, but the last calls of this instance went well. */
  | { readonly type: 'dissent'; readonly breaker: string; readonly because: Because }
  /** The bus or the register failed, or two breakers have one name. */
  | { readonly type: 'fault'; readonly error: unknown };

/** What is shared of one circuit. */
export interface SharedReport {
  /** The name in the group, and that of the breaker here, if `nameOf` makes another of it. */
  readonly name: string;
  readonly breaker: string;
  readonly state: State;

  /** Why it is open: `sums` and `other` are evidence of this instance, `hearsay` that of others. */
  readonly ground: Ground;

  /** Whether it is open here while most others are closed: then the fault is probably in this instance. */
  readonly isItUs: boolean;

  /** How often verdicts on the calls of others were not followed, because the last calls here went well: at most once in 10 s. */
  readonly dissents: number;

  /** Whether that was so in the last 10 s. */
  readonly isDissenting: boolean;

  /** The life of the instance that is appointed to probe, if there is a register and it has appointed one. */
  readonly appointed?: string | undefined;

  /** What others last told of it: those that do not mention it are closed. */
  readonly told: readonly {
    readonly life: string;
    readonly state: State;
    readonly ground: Ground;
    readonly rule: string;

    /** Milliseconds since it entered that state. */
    readonly age: Millis;
  }[];
}

/** A sharing at this moment, as plain data for dashboards. */
export interface SharingReport {
  readonly group: string;

  /** The random name of this instance, new at each start. */
  readonly life: string;
  readonly instances: number;
  readonly alone: boolean;

  /** Reports sent; those received and taken; those dropped because they were invalid, too many or of no signature. */
  readonly sent: number;
  readonly received: number;
  readonly dropped: number;
  readonly circuits: readonly SharedReport[];
}
