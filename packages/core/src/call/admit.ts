import { announce } from '../circuit/announce.ts';
import { type CallUnderWay, type Circuit, NO_PROBE } from '../circuit/circuit.ts';
import { readClock } from '../circuit/clock.ts';
import { applyVerdict, dispatch } from '../circuit/dispatch.ts';
import { outcomesCount } from '../circuit/fast-path.ts';
import { timeUntilPermit } from '../circuit/metrics.ts';
import type { Permit } from '../contract/breaker.ts';
import { CircuitOpenError } from '../contract/circuit-open-error.ts';
import type { CallObserver } from '../vitals/vitals.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { requireRuling } from './classify.ts';
import { settle, UNTIMED } from './settle.ts';

/** The answer to a refused caller. Other answers are a probe's number or `NO_PROBE`. */
export const REFUSED = -1;

/** Asks a circuit that is not on its fast path for a permit. */
export function admit(circuit: Circuit, at: Instant): number {
  circuit.observer?.offered(at);
  const id = answer(circuit, at);
  // The observer is read again, because a listener may have reconfigured the breaker.
  if (id !== REFUSED) circuit.observer?.admitted();
  else {
    circuit.own.rejected++;
    // The reason is built only if there is a listener.
    if (circuit.listeners.length > 0) announce(circuit, { type: 'reject', at, because: becauseOf(circuit) });
  }
  return id;
}

function answer(circuit: Circuit, at: Instant): number {
  const { mode } = circuit;
  if (mode === 'isolated') return REFUSED;
  if (mode === 'disabled') return NO_PROBE;
  if (circuit.blueprint.detection.watches && outcomesCount(circuit)) watch(circuit, at);
  if (mode === 'shadow') return NO_PROBE;
  const { current } = circuit;
  // The same answers as the machine's, given here because they are the common ones.
  if (current.phase === 'closed') return NO_PROBE;
  if (current.phase === 'open' && at < current.until) return REFUSED;
  return dispatch(circuit, { type: 'acquire', at }) ?? REFUSED;
}

/** Lets a watching detector reach a verdict before a call is made. If it throws, the call goes ahead. */
function watch(circuit: Circuit, at: Instant): void {
  try {
    circuit.detector ??= circuit.blueprint.detection.start(at, undefined, circuit.observer);
    const verdict = circuit.detector.admitting?.(at);
    if (verdict) applyVerdict(circuit, verdict);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}

/** Why the circuit refuses. */
function becauseOf({ mode, rare, current }: Circuit): Because {
  if (mode === 'isolated' || current.phase === 'closed') return { rule: mode, at: rare.modeSince };
  if (current.phase === 'open') return current.because;
  return { rule: current.phase, at: current.since, nextAttemptAt: current.until };
}

/** The error for a caller who was just refused. */
export function refusal(circuit: Circuit, at: Instant): CircuitOpenError {
  return new CircuitOpenError(circuit.name, timeUntilPermit(circuit, at), becauseOf(circuit));
}

/** When a call begins. The clock is read only if needed, because reading it is the largest part of a call's cost. */
export function startOf(circuit: Circuit): Instant {
  return circuit.clockReads === 2 ? readClock(circuit.now) : UNTIMED;
}

/** A permit; undefined if the circuit refuses. */
export function permitOf(circuit: Circuit, started: Instant): Permit | undefined {
  const id = circuit.isFastPath ? NO_PROBE : admit(circuit, started);
  return id === REFUSED ? undefined : new CallPermit(circuit, id, started);
}

/** The permit that callers hold. */
class CallPermit implements Permit, CallUnderWay {
  readonly #circuit: Circuit;
  readonly generation: number = 0;
  readonly id: number = 0;
  readonly started: Instant = 0;
  readonly observer: CallObserver | undefined;
  #settled = false;

  constructor(circuit: Circuit, id: number, started: Instant) {
    if (!isDisposable) makeDisposable();
    this.#circuit = circuit;
    this.generation = circuit.current.generation;
    this.id = id;
    this.started = started;
    this.observer = circuit.observer;
  }

  get probe(): boolean {
    return this.id !== NO_PROBE;
  }

  settle(ruling: Outcome | Ruling, duration?: Millis): void {
    const checked = requireRuling('settle', ruling, duration);
    if (this.#settled) return;
    this.#settled = true;
    settle(this.#circuit, this, checked, duration);
  }
}

let isDisposable = false;

/**
 * Supports `using permit = breaker.acquire()` in engines that have it: a permit unsettled at the end of its block is
 * ignored.
 */
function makeDisposable(): void {
  isDisposable = true;
  const { dispose = Symbol() } = Symbol as { dispose?: symbol };
  Object.assign(CallPermit.prototype, {
    [dispose](this: CallPermit): void {
      this.settle('ignored');
    },
  });
}
