import type { Instant } from '../vocabulary/time.ts';
import { type GivenSignal, outcomeOfAbort } from './abort.ts';
import type { Pass } from './call.ts';
import type { Circuit } from './circuit.ts';
import { judge, outcomeOf, outcomeOfError } from './judge.ts';
import { settle } from './settle.ts';

/** The beginning of a call whose rule does not ask how long it takes. As a length of time it is less than any other. */
export const UNTIMED: Instant = Infinity;

/**
 * One pair of ends serves all calls of an era that need no time of their own, or that begin in the same step of a coarse
 * clock. Probes and calls with a signal get a pair for themselves.
 */
export function passOf(circuit: Circuit, id: number, started: Instant, signal: GivenSignal): Pass {
  const { shared, current } = circuit;
  const isShared = shared?.started === started && shared.generation === current.generation;
  return isShared && id === 0 && !signal ? shared : newPass(circuit, id, started, signal);
}

/** Apart from `passOf`: engines make room for what closures see as soon as a function that could make them is entered. */
function newPass(circuit: Circuit, id: number, started: Instant, signal: GivenSignal): Pass {
  const { options } = circuit.blueprint;
  const pass: Pass = {
    generation: circuit.current.generation,
    id,
    started,
    vitals: circuit.vitals,
    succeeded(value) {
      const { classify } = circuit.blueprint.options;
      settle(circuit, pass, classify ? judge({ value }, classify, outcomeOf, circuit) : 'success');
      return value;
    },
    // Small on purpose: engines compile a function that throws badly once it does more than that.
    failed(error) {
      fail(circuit, pass, error, signal);
      throw error;
    },
  };
  const isCoarse = circuit.clockReads < 2 || options.clock?.resolution !== undefined;
  if (isCoarse && id === 0 && !signal) circuit.shared = pass;
  return pass;
}

function fail(circuit: Circuit, pass: Pass, error: unknown, signal: GivenSignal): void {
  const { classify } = circuit.blueprint.options;
  const aborted = signal && outcomeOfAbort(signal);
  settle(circuit, pass, aborted || (classify ? judge({ error }, classify, outcomeOf, circuit) : outcomeOfError(error)));
}
