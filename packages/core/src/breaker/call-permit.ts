import type { VitalsMemory } from '../vitals/vitals.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Permit } from './breaker.ts';
import type { CallUnderWay } from './call.ts';
import type { Circuit } from './circuit.ts';
import { requireRuling } from './judge.ts';
import { settle } from './settle.ts';

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
