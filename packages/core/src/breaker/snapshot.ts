import type { Circuit } from '../circuit/circuit.ts';
import { wallTime } from '../circuit/clock.ts';
import { apply, luckOf } from '../circuit/dispatch.ts';
import { forgetEvidence } from '../circuit/fast-path.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { CircuitState } from '../machine/state.ts';
import { refuse, requireNumber, requireOneOf, requireWhole } from '../vocabulary/requirement.ts';
import { type Because, MODES, type Mode, STATES, type State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import { circuitOf } from './create-breaker.ts';

/**
 * Where a circuit stands, for another process or a later start: state, mode, when it came there and why, until when it
 * stays open, and how many openings in a row it has behind it. Times are milliseconds since 1970, so it is plain JSON.
 *
 * It does not carry the window, nor the calls in flight: a restored closed circuit has seen nothing yet, and a restored
 * half-open one has all its probes free.
 */
export interface Snapshot {
  readonly version: 1;
  readonly state: State;
  readonly mode: Mode;
  readonly since: Millis;

  /** Until when an open circuit stays open. */
  readonly until?: Millis;

  /** How long a half-open circuit was open before. */
  readonly waited?: Millis;

  /** The number that the next opening in a row would carry. */
  readonly attempt: number;
  readonly because?: Because;
}

/**
 * Where the circuit of a breaker stands. Nothing changes by it.
 *
 * @throws {TypeError} for a breaker that another copy of this package made
 */
export function snapshot(breaker: Breaker): Snapshot {
  const circuit = circuitOf(breaker);
  const toWall = wallOffset(circuit);
  // Where it stood when it was last asked; what time alone does from there, it does after a restore too.
  const { current: state } = circuit;
  const { because } = state;
  return {
    version: 1,
    state: state.phase,
    mode: circuit.mode,
    since: state.since + toWall,
    attempt: state.attempt,
    ...(state.phase === 'open' && { until: state.until + toWall }),
    ...(state.phase === 'half-open' && { waited: state.waited }),
    ...(because && { because: moved(because, toWall) }),
  };
}

/**
 * Puts the circuit of a breaker where a snapshot says, however far the clocks have gone on or been set back since: an
 * open circuit waits for what is left of its time, and never longer than it did at first.
 *
 * @throws {TypeError | RangeError} naming the field, for what is no snapshot; a TypeError for a breaker that another copy
 *   of this package made
 */
export function restore(breaker: Breaker, from: Snapshot): void {
  requireSnapshot(from);
  const circuit = circuitOf(breaker);
  const state = restored(circuit, from);
  breaker.setMode(from.mode);
  const move = { ...state, because: state.because ?? { rule: 'restore', at: state.since } };
  const moves = state.phase === circuit.current.phase ? [] : [move];
  apply(circuit, { state, moves, notes: { loadBegins: true } });
  forgetEvidence(circuit, circuit.now());
  circuit.keeper?.circuitMoved();
}

function restored(circuit: Circuit, from: Snapshot): CircuitState {
  const at = circuit.now();
  const toWall = wallOffset(circuit);
  const { state: phase, attempt, waited = 0 } = from;
  // A clock set back must not put the beginning into the future.
  const since = Math.min(from.since - toWall, at);
  const because = from.because && moved(finite(from.because), -toWall);
  const base = { generation: circuit.current.generation + 1, since, because, attempt };
  if (phase === 'closed') return { phase, ...base };
  if (phase === 'open') {
    const until = since + Math.max(0, (from.until ?? from.since) - from.since);
    return { phase, ...base, because: { rule: 'restore', at, ...because, nextAttemptAt: until }, until };
  }
  const memory = circuit.blueprint.recovery.start({ at, wait: waited, fromClosed: false }, circuit.observer);
  return { phase, ...base, until: since, waited, issued: 0, memory, luck: luckOf(circuit) };
}

/** What to add to an instant of the breaker's clock to have the wall time. */
function wallOffset({ blueprint, now }: Circuit): Millis {
  return wallTime(blueprint.options.clock) - now();
}

function moved(because: Because, by: Millis): Because {
  const { nextAttemptAt } = because;
  return { ...because, at: because.at + by, ...(nextAttemptAt !== undefined && { nextAttemptAt: nextAttemptAt + by }) };
}

/** Of a reason out of storage what a reason may have: JSON makes `null` of what is not finite. */
function finite({ rule, at, nextAttemptAt, evidence }: Because): Because {
  const numbers = Object.entries(evidence ?? {}).filter(([, number]) => Number.isFinite(number));
  return {
    rule,
    at,
    ...(evidence && { evidence: Object.fromEntries(numbers) }),
    ...(Number.isFinite(nextAttemptAt) && { nextAttemptAt: nextAttemptAt as number }),
  };
}

function requireSnapshot(from: Snapshot): void {
  if (typeof from !== 'object' || from === null) refuse('restore', 'given a snapshot', from, 'snapshot(breaker)');
  if (from.version !== 1) refuse('snapshot version', '1', from.version);
  requireOneOf('snapshot state', from.state, STATES);
  requireOneOf('snapshot mode', from.mode, MODES);
  requireInstant('snapshot since', from.since);
  requireWhole('snapshot attempt', from.attempt, 0);
  if (from.state === 'open') requireInstant('snapshot until', from.until);
  if (from.waited !== undefined) requireNumber('snapshot waited', from.waited, 0);
  const { because } = from;
  if (because === undefined) return;
  if (typeof because !== 'object' || because === null) refuse('snapshot because', 'a reason', because);
  if (typeof because.rule !== 'string') refuse('snapshot because.rule', 'the name of a rule', because.rule);
  requireInstant('snapshot because.at', because.at);
}

function requireInstant(field: string, value: unknown): void {
  if (!Number.isFinite(value))
    refuse(field, 'a number of milliseconds since 1970, and finite', value, '1_700_000_000_000');
}
