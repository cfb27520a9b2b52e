import type { SharedCircuit } from '../circuit/shared-circuit.ts';

/** What callers have wanted of a circuit since something was last written of it. */
export class Demand {
  readonly #circuit: SharedCircuit;
  #refused = 0;
  #calls = 0;

  constructor(circuit: SharedCircuit) {
    this.#circuit = circuit;
  }

  /** Something was written. */
  written(): void {
    this.#refused = this.#circuit.breaker.metrics().rejected;
    this.#calls = this.#circuit.own.sums.calls;
  }

  /** The circuit has moved, and counts its refusals anew. */
  moved(): void {
    this.#refused = 0;
  }

  /** Whether a caller was refused. */
  get isAsked(): boolean {
    return this.#circuit.breaker.metrics().rejected > this.#refused;
  }

  /** Whether probes are in flight, or have ended. */
  get isInUse(): boolean {
    return this.#circuit.breaker.retryAfter > 0 || this.#circuit.own.sums.calls > this.#calls;
  }
}
