import { type CallHandlers, type Circuit, NO_PROBE } from '../circuit/circuit.ts';
import type { GivenSignal } from '../contract/options.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant } from '../vocabulary/time.ts';
import { classifyWith, outcomeOf, outcomeOfAbort, outcomeOfError } from './classify.ts';
import { settleNow } from './settle.ts';

/**
 * The two handlers of a call. All calls of an era share one pair if they are not timed, or if they begin in the same step of
 * a coarse clock. Probes and calls with a signal get their own pair.
 */
export function handlersOf(circuit: Circuit, id: number, started: Instant, signal: GivenSignal): CallHandlers {
  const { shared, current } = circuit;
  // Not `shared?.started`: a number that may be undefined is copied to the heap to be compared.
  const isShared = shared !== undefined && shared.started === started && shared.generation === current.generation;
  return isShared && id === NO_PROBE && !signal ? shared : newHandlers(circuit, id, started, signal);
}

/** Separate from `handlersOf`, because engines allocate the scope of closures when a function that has some is entered. */
function newHandlers(circuit: Circuit, id: number, started: Instant, signal: GivenSignal): CallHandlers {
  const { options } = circuit.blueprint;
  const call: CallHandlers = {
    generation: circuit.current.generation,
    id,
    started,
    observer: circuit.observer,
    succeeded(value) {
      const { classify } = circuit.blueprint.options;
      settleNow(circuit, call, classify ? classifyWith({ value }, classify, outcomeOf, circuit) : 'success');
      return value;
    },
    failed(error) {
      fail(circuit, call, error, signal);
      return new Rejection(error);
    },
  };
  const isCoarse = circuit.clockReads < 2 || options.clock?.resolution !== undefined;
  if (isCoarse && id === NO_PROBE && !signal) circuit.shared = call;
  return call;
}

function fail(circuit: Circuit, call: CallHandlers, error: unknown, signal: GivenSignal): void {
  const aborted = signal && outcomeOfAbort(signal);
  settleNow(circuit, call, aborted || rulingOnError(circuit, error));
}

function rulingOnError(circuit: Circuit, error: unknown): Outcome | Ruling {
  const { classify } = circuit.blueprint.options;
  return classify ? classifyWith({ error }, classify, outcomeOf, circuit) : outcomeOfError(error);
}

/**
 * An error on its way to the caller, which a handler of a promise returns instead of throwing it again. For a throw the
 * engine searches the whole stack for a handler and builds a message that is never used, 300 ns more than this takes.
 */
export class Rejection implements PromiseLike<never> {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is made for promises to adopt.
  then<Value, Failure>(_: Value, reject: (error: unknown) => Failure): PromiseLike<never> {
    reject(this.#error);
    return this;
  }
}

/** A promise to wait on for one microtask. Refusals share it: it is never handed out and never rejected. */
const NEXT_MICROTASK: Promise<void> = /* @__PURE__ */ Promise.resolve();

/**
 * Returns a promise that rejects one microtask later. By then the caller's handler is attached, so the engine need not
 * track an unhandled rejection, which costs as much as the rest of a refusal. It is rejected rather than thrown, because
 * for a throw the engine also builds a message that is never used: 850 ns instead of 1,200.
 */
export function rejected(error: unknown): Promise<never> {
  return new Promise((_, reject) => {
    NEXT_MICROTASK.then(() => reject(error));
  });
}
