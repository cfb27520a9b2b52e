import type { Millis, Seat } from '@switchgear/core';
import type { Scheduler } from '../ports/scheduler.ts';
import type { Word } from '../report/report.ts';
import type { SharedCircuit } from './shared-circuit.ts';

/** Decides which instance of a group probes, if it is not each for itself. `share` calls it. */
export interface Prober {
  /** Begins to decide for the circuits of one sharing. */
  attend(fleet: Fleet): Attendance;
}

/** What a prober may know of a sharing, and do to it. */
export interface Fleet {
  readonly options: { readonly group: string; readonly carryModes: boolean; readonly scheduler: Scheduler };

  /** The random name of this instance. */
  readonly life: string;
  readonly instances: number;

  /** Milliseconds, of any origin. */
  now(): Millis;

  /** Sets the mode of a circuit if this word of an operator is later than the one that is known. */
  obey(circuit: SharedCircuit, word: Word): void;

  announce(event: { readonly type: 'fault'; readonly error: unknown }): void;
}

/** A prober at work for one sharing. */
export interface Attendance {
  /** Whether it decides at present. If it does not, instances probe each for itself. */
  readonly appoints: boolean;

  /** Takes in a circuit. */
  enter(circuit: SharedCircuit, seat: Seat): void;
  leave(circuit: SharedCircuit): void;

  /** Something has happened to a circuit: what is due is done soon, but not now, because a call may be waiting. */
  stir(): void;

  /** Where there are no timers: does what is due. Returns undefined if nothing is. Never rejects. */
  sync(): Promise<void> | undefined;

  /** Ends it. Never rejects. */
  stop(): Promise<unknown>;
}
