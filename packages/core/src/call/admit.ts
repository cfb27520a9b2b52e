import { announce } from '../circuit/announce.ts';
import type { CallUnderWay, Circuit } from '../circuit/circuit.ts';
import { judges } from '../circuit/circuit.ts';
import { dispatch, judged } from '../circuit/dispatch.ts';
import type { Permit } from '../contract/breaker.ts';
import { CircuitOpenError } from '../contract/circuit-open-error.ts';
import type { VitalsMemory } from '../vitals/vitals.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { requireRuling } from './classify.ts';
import { settle } from './settle.ts';

/** The answer to a caller who may not go ahead. Other answers are a probe's number, or 0 for a call that is none. */
export const REFUSED = -1;

/** Asks a circuit that is not plain for leave to make a call. */
export function admit(circuit: Circuit, at: Instant): number {
  circuit.vitals?.offered(at);
  const id = answer(circuit, at);
  // Asked for again: a listener may have given the breaker other plugs.
  if (id !== REFUSED) circuit.vitals?.admitted();
  else {
    circuit.rejected++;
    // Why is put together only for those who will hear it.
    if (circuit.listeners.length > 0) announce(circuit, { type: 'reject', at, because: becauseOf(circuit) });
  }
  return id;
}

function answer(circuit: Circuit, at: Instant): number {
  const { mode } = circuit;
  if (mode === 'isolated') return REFUSED;
  if (mode === 'disabled') return 0;
  if (circuit.blueprint.detection.watches && judges(circuit)) watch(circuit, at);
  if (mode === 'shadow') return 0;
  const { phase, until } = circuit.current;
  // The machine's own answers, repeated here: to a closed circuit, and to an open one that is not due.
  if (phase === 'closed') return 0;
  if (phase === 'open' && at < until) return REFUSED;
  return dispatch(circuit, { type: 'acquire', at }) ?? REFUSED;
}

/** A detector that watches may have seen enough in that a call is made at all. One that throws does not stop the call. */
function watch(circuit: Circuit, at: Instant): void {
  try {
    circuit.detector ??= circuit.blueprint.detection.start(at, undefined, circuit.vitals);
    const verdict = circuit.detector.admitting?.(at);
    if (verdict) judged(circuit, verdict);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}

/** Why the circuit refuses. */
function becauseOf({ mode, modeSince, current }: Circuit): Because {
  const { phase, because, since, until } = current;
  if (mode === 'isolated') return { rule: mode, at: modeSince };
  return phase === 'open' ? (because as Because) : { rule: phase, at: since, nextAttemptAt: until };
}

/** The error for a caller who was refused just now. */
export function refusal(circuit: Circuit, at: Instant): CircuitOpenError {
  const retryAfter = circuit.mode === 'isolated' ? Infinity : Math.max(1, Math.ceil(circuit.current.until - at));
  return new CircuitOpenError(circuit.name, retryAfter, becauseOf(circuit));
}

/** A permit as hosts hold it. */
export class CallPermit implements Permit, CallUnderWay {
  readonly #circuit: Circuit;
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;
  readonly vitals: VitalsMemory | undefined;
  #settled = false;

  constructor(circuit: Circuit, generation: number, id: number, started: Instant) {
    if (!isDisposable) makeDisposable();
    this.#circuit = circuit;
    this.generation = generation;
    this.id = id;
    this.started = started;
    this.vitals = circuit.vitals;
  }

  get probe(): boolean {
    return this.id > 0;
  }

  settle(verdict: Outcome | Ruling, duration?: Millis): void {
    const ruling = requireRuling('settle', verdict, duration);
    if (this.#settled) return;
    this.#settled = true;
    settle(this.#circuit, this, ruling, duration);
  }
}

let isDisposable = false;

/** For `using permit = breaker.acquire()`, where the engine knows it: a permit that nobody settled is ignored. */
function makeDisposable(): void {
  isDisposable = true;
  const { dispose = Symbol() } = Symbol as { dispose?: symbol };
  Object.assign(CallPermit.prototype, {
    [dispose](this: CallPermit): void {
      this.settle('ignored');
    },
  });
}
