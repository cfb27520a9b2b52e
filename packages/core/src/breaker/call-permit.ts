import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Permit } from './breaker.ts';
import type { CallUnderWay } from './call.ts';
import type { Circuit } from './circuit.ts';
import { requireVerdict } from './judge.ts';
import { settle } from './settle.ts';

/** A permit as hosts hold it. */
export class CallPermit implements Permit {
  static {
    // For `using permit = breaker.acquire()`, where the engine knows it: a permit that nobody settled is ignored.
    const { dispose = Symbol() } = Symbol as { dispose?: symbol };
    const value = function (this: CallPermit): void {
      this.settle('ignored');
    };
    Object.defineProperty(CallPermit.prototype, dispose, { value });
  }

  readonly #circuit: Circuit;
  readonly #call: CallUnderWay;
  #settled = false;

  constructor(circuit: Circuit, call: CallUnderWay) {
    this.#circuit = circuit;
    this.#call = call;
  }

  get probe(): boolean {
    return this.#call.id > 0;
  }

  settle(verdict: Outcome | Ruling, duration?: Millis): void {
    requireVerdict('settle', verdict, duration);
    if (this.#settled) return;
    this.#settled = true;
    settle(this.#circuit, this.#call, verdict, duration);
  }
}
