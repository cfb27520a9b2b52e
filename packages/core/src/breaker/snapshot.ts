import type { Circuit } from '../circuit/circuit.ts';
import { wallTime } from '../circuit/clock.ts';
import { apply, luckOf } from '../circuit/dispatch.ts';
import { forgetEvidence } from '../circuit/fast-path.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { CircuitState } from '../machine/state.ts';
import { invalid, requireNumber, requireOneOf, requireWhole } from '../vocabulary/requirement.ts';
import { type Because, MODES, type Mode, STATES, type State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import { circuitOf } from './create-breaker.ts';

/**
 * The state of a circuit, for another process or a later start, as plain JSON: state, mode, since when and why, until when
 * it stays open, and how many times in a row it has opened. Times are milliseconds since 1970.
 *
 * It does not include the window or the calls in flight: a restored closed circuit has no evidence yet, and a restored
 * half-open one has all its probes free.
 */
export interface Snapshot {
  readonly version: 1;
  readonly state: State;
  readonly mode: Mode;
  readonly since: Millis;

  /** When the open period ends; only of an open circuit. */
  readonly until?: Millis;

  /** How long the circuit was open before, in milliseconds; only of a half-open circuit. */
  readonly waited?: Millis;

  /** The number of openings in a row so far: the `attempt` of the next one. */
  readonly attempt: number;
  readonly because?: Because;
}

/**
 * Returns the state of a breaker's circuit, to be restored later. It changes nothing.
 *
 * @throws {TypeError} if the breaker was made by another copy of this package
 */
export function snapshot(breaker: Breaker): Snapshot {
  const circuit = circuitOf(breaker);
  const toWall = wallOffset(circuit);
  // The state at the last event. Moves that time alone has caused since will also happen after a restore.
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
 * Sets a breaker's circuit to the state of a snapshot. An open circuit stays open for the rest of its open period, and
 * never for longer than the whole of it, even if clocks were set back.
 *
 * @throws {TypeError | RangeError} if the snapshot is invalid, naming the field; a TypeError if the breaker was made by
 *   another copy of this package
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
  // If the wall clock was set back, the beginning must not lie in the future.
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

/** What to add to an instant of the breaker's clock to get the wall time. */
function wallOffset({ blueprint, now }: Circuit): Millis {
  return wallTime(blueprint.options.clock) - now();
}

function moved(because: Because, by: Millis): Because {
  const { nextAttemptAt } = because;
  return { ...because, at: because.at + by, ...(nextAttemptAt !== undefined && { nextAttemptAt: nextAttemptAt + by }) };
}

/** A reason from storage without numbers that are not finite, which JSON turns into `null`. */
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
  if (typeof from !== 'object' || from === null) invalid('restore', 'given a snapshot', from, 'snapshot(breaker)');
  if (from.version !== 1) invalid('snapshot version', '1', from.version);
  requireOneOf('snapshot state', from.state, STATES);
  requireOneOf('snapshot mode', from.mode, MODES);
  requireInstant('snapshot since', from.since);
  requireWhole('snapshot attempt', from.attempt, 0);
  if (from.state === 'open') requireInstant('snapshot until', from.until);
  if (from.waited !== undefined) requireNumber('snapshot waited', from.waited, 0);
  const { because } = from;
  if (because === undefined) return;
  if (typeof because !== 'object' || because === null) invalid('snapshot because', 'a reason', because);
  if (typeof because.rule !== 'string') invalid('snapshot because.rule', 'the name of a rule', because.rule);
  requireInstant('snapshot because.at', because.at);
}

function requireInstant(field: string, value: unknown): void {
  if (!Number.isFinite(value)) invalid(field, 'a finite number of milliseconds since 1970', value, '1_700_000_000_000');
}
