import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { refuse, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Permit } from './breaker.ts';
import type { Circuit } from './circuit.ts';
import { isVerdict } from './judge.ts';
import { type Pass, settle } from './settlement.ts';

/** A permit as hosts hold it. */
export class CallPermit implements Permit {
  static {
    // For `using permit = breaker.acquire()`, where the engine knows it: a permit that nobody settled is ignored.
    const { dispose } = Symbol as { dispose?: symbol };
    const value = function (this: CallPermit): void {
      this.settle('ignored');
    };
    if (dispose) Object.defineProperty(CallPermit.prototype, dispose, { value });
  }

  readonly #circuit: Circuit;
  readonly #pass: Pass;
  #settled = false;

  constructor(circuit: Circuit, pass: Pass) {
    this.#circuit = circuit;
    this.#pass = pass;
  }

  get probe(): boolean {
    return this.#pass.id > 0;
  }

  settle(verdict: Outcome | Ruling, duration?: Millis): void {
    if (!isVerdict(verdict)) refuse('settle', 'an outcome or a ruling', verdict);
    if (duration !== undefined) requireNumber('settle duration', duration, 0);
    if (this.#settled) return;
    this.#settled = true;
    const at = this.#circuit.clock.atEnd();
    settle(this.#circuit, this.#pass, verdict, at, duration ?? at - this.#pass.started);
  }
}
