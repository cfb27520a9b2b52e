import type { Millis, Mode, State } from '@switchgear/core';
import type { Sums } from './sums.ts';

/**
 * Why a circuit is open: for no evidence, as by an operator; on calls of its own that others can add up; on something else
 * of its own, such as silence; on what others have told.
 */
export type Ground = 'none' | 'sums' | 'other' | 'hearsay';

/** An operator's mode for all instances. The word with the higher count wins, then that of the greater life. */
export interface Word {
  readonly count: number;
  readonly life: string;
  readonly mode: Mode;
}

/** How long ago the first and the last of some calls ended, in milliseconds. */
export interface Ages {
  readonly first: Millis;
  readonly last: Millis;
}

/** What an instance says about one circuit. Durations only, so that no clocks are compared. */
export interface CircuitReport {
  readonly name: string;

  /** From which duration on a call is slow; 0 if none is. */
  readonly slowerThan: Millis;

  readonly state: State;
  readonly ground: Ground;

  /** The rule of its last move. */
  readonly rule: string;

  /** For how long it has been in this state, and how long until it may admit a call. */
  readonly age: Millis;
  readonly left: Millis;

  /** The sums now, and as they were about a second before. */
  readonly sums: Sums;
  readonly before: Sums;

  /** The bad calls between the two; undefined if there is none, or if the report is of an earlier version. */
  readonly bad?: Ages | undefined;

  readonly word?: Word | undefined;
}

/** What an instance sends. */
export interface Report {
  readonly group: string;

  /** Random, new at each start: a process that was started again is another instance. */
  readonly life: string;

  /** Rises with each report. */
  readonly seq: number;

  /** Milliseconds until the next report. */
  readonly every: Millis;

  /** Asks others for their reports, as a newcomer does; or says that this one was the last. */
  readonly flag: 'none' | 'hello' | 'bye';

  readonly circuits: readonly CircuitReport[];
}

/** The most circuits in a report. */
export const MOST_CIRCUITS = 64;

/** The longest name of a circuit or group, in characters. */
export const LONGEST_NAME = 200;

/** In the order of their numbers in a report, which must never change. */
export const STATES: readonly State[] = ['closed', 'open', 'half-open'];
/** In that order too. */
export const GROUNDS: readonly Ground[] = ['none', 'sums', 'other', 'hearsay'];
/** In that order too. */
export const FLAGS: readonly Report['flag'][] = ['none', 'hello', 'bye'];
/** In that order too. */
export const MODES: readonly Mode[] = ['active', 'isolated', 'disabled', 'shadow'];

/** A report as it is sent: a JSON array, the version first. What a later version appends is ignored by this one. */
export function encode({ group, life, seq, every, circuits, flag }: Report): string {
  const ages = circuits.map(({ bad }) => (bad ? [Math.round(bad.first), Math.round(bad.last)] : []));
  return JSON.stringify([1, group, life, seq, every, circuits.map(encodeCircuit), FLAGS.indexOf(flag), ages]);
}

function encodeCircuit(circuit: CircuitReport): unknown[] {
  const { name, slowerThan, state, ground, rule, age, left, sums, before, word } = circuit;
  return [
    name,
    slowerThan,
    STATES.indexOf(state),
    GROUNDS.indexOf(ground),
    rule,
    Math.round(age),
    Number.isFinite(left) ? left : -1,
    ...[sums, before].flatMap(({ calls, failures, slow }) => [calls, failures, slow]),
    ...(word ? [word.count, word.life, MODES.indexOf(word.mode)] : []),
  ];
}
