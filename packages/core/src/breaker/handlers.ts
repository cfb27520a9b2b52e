import type { Instant } from '../vocabulary/time.ts';
import type { AbortState } from './breaker.ts';
import type { Circuit } from './circuit.ts';
import { fail, type Pass, succeed } from './settlement.ts';
import { UNTIMED } from './untimed.ts';

/** The two ends of a call: they pass its value or error through untouched and settle it on the way. */
export interface Handlers extends Pass {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => never;
}

function handlers(circuit: Circuit, pass: Pass, signal: AbortState | undefined): Handlers {
  return {
    ...pass,
    succeeded: (value) => {
      succeed(circuit, pass, value);
      return value;
    },
    // Small on purpose: engines compile a function that throws badly once it does more than that.
    failed: (error) => {
      fail(circuit, pass, error, signal);
      throw error;
    },
  };
}

/**
 * One pair of handlers serves all calls of an era that need no time of their own, or that begin in the same step of a
 * coarse clock. Probes and calls with a signal get a pair for themselves.
 */
export class HandlerPool {
  readonly #circuit: Circuit;
  #shared: Handlers;

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
    this.#shared = handlers(circuit, { generation: circuit.state.generation, id: 0, started: UNTIMED }, undefined);
  }

  of(id: number, started: Instant, signal: AbortState | undefined): Handlers {
    const { generation } = this.#circuit.state;
    const alone = id > 0 || signal !== undefined;
    const shared = this.#shared;
    if (!alone && shared.generation === generation && Object.is(shared.started, started)) return shared;
    const made = handlers(this.#circuit, { generation, id, started }, signal);
    if (!alone) this.#shared = made;
    return made;
  }
}
