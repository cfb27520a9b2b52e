import type { CircuitState } from '../machine/state.ts';
import type { Because } from '../vocabulary/because.ts';
import { refuse, requireNumber, requireOneOf, requireWhole } from '../vocabulary/requirement.ts';
import { MODES, type Mode, STATES, type State } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import { forget } from './attend.ts';
import type { Breaker } from './breaker.ts';
import type { Circuit } from './circuit.ts';
import { circuitOf } from './create-breaker.ts';
import { enter } from './dispatch.ts';
import { wallTime } from './system-clock.ts';

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
  // Where it stands as far as anybody has asked; what time alone does from there, it does after a restore too.
  const { current: state } = circuit;
  const { because } = state;
  return {
    version: 1,
    state: state.phase,
    mode: circuit.mode,
    since: state.since + toWall,
    attempt: state.attempt,
    ...(state.phase === 'open' && { until: state.until + toWall }),
    ...(state.phase === 'half-open' && { waited: state.wait }),
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
  enter(circuit, { state, moves: state.phase === circuit.current.phase ? [] : [state] });
  forget(circuit, circuit.now());
  circuit.whenMoved?.(circuit);
}

function restored(circuit: Circuit, from: Snapshot): CircuitState {
  const at = circuit.now();
  const toWall = wallOffset(circuit);
  const { recovery, options } = circuit.blueprint;
  const { state: phase, attempt, waited: wait = 0 } = from;
  // A clock set back must not put the beginning into the future.
  const since = Math.min(from.since - toWall, at);
  const until = phase === 'open' ? since + Math.max(0, (from.until ?? from.since) - from.since) : since;
  const because = from.because && moved(from.because, -toWall);
  const generation = circuit.current.generation + 1;
  return {
    phase,
    generation,
    stay: generation,
    since,
    because: phase === 'open' ? { rule: 'restore', at, ...because, nextAttemptAt: until } : because,
    attempt,
    until,
    wait,
    luck: options.random(),
    issued: 0,
    memory: phase === 'half-open' ? recovery.start({ at, wait, early: false }, circuit.vitals) : undefined,
  };
}

/** What to add to an instant of the breaker's clock to have the wall time. */
function wallOffset({ blueprint, now }: Circuit): Millis {
  return wallTime(blueprint.options.clock) - now();
}

function moved(because: Because, by: Millis): Because {
  const { nextAttemptAt } = because;
  return { ...because, at: because.at + by, ...(nextAttemptAt !== undefined && { nextAttemptAt: nextAttemptAt + by }) };
}

function requireSnapshot(from: Snapshot): void {
  if (typeof from !== 'object' || from === null) refuse('restore', 'given a snapshot', from);
  if (from.version !== 1) refuse('snapshot version', '1', from.version);
  requireOneOf('snapshot state', from.state, STATES);
  requireOneOf('snapshot mode', from.mode, MODES);
  requireNumber('snapshot since', from.since, -Number.MAX_VALUE);
  requireWhole('snapshot attempt', from.attempt, 0);
  if (from.state === 'open') requireNumber('snapshot until', from.until, -Number.MAX_VALUE);
  if (from.waited !== undefined) requireNumber('snapshot waited', from.waited, 0);
}
