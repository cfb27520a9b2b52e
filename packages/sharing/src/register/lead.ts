import type { Millis, Seat } from '@switchgear/core';
import type { Fleet } from '../circuit/prober.ts';
import type { SharedCircuit } from '../circuit/shared-circuit.ts';
import { SILENCE } from './register-line.ts';

/** For how long an instance follows others without a call of its own, at most. */
const LONGEST_FOLLOWING: Millis = 600_000;

/** What is done to a circuit by what is written. It is never closed: only its own calls do that. */
export class Lead {
  readonly #circuit: SharedCircuit;
  readonly #seat: Seat;
  readonly #fleet: Fleet;

  constructor(circuit: SharedCircuit, seat: Seat, fleet: Fleet) {
    this.#circuit = circuit;
    this.#seat = seat;
    this.#fleet = fleet;
  }

  /** Keeps it open until then, and long enough to hear from the register after that: then it is due by itself. */
  hold(until: Millis): void {
    const now = this.#fleet.now();
    const isLong = now - this.#circuit.standing.since >= LONGEST_FOLLOWING;
    if (!isLong) this.#seat.hold(Math.max(0, until - now) + SILENCE);
  }

  /** Opens it, until then and as long as to hear from the register. */
  open(until: Millis): void {
    this.#circuit.standing.onHearsay(() => this.#seat.open({ rule: 'register' }));
    this.#seat.hold(0, until - this.#fleet.now() + SILENCE);
  }

  /** Lets its next call be a probe. Returns whether it has moved. */
  wake(rule: 'others' | 'appointed'): boolean {
    const { instances } = this.#fleet;
    return this.#seat.wake({ rule, evidence: { instances } });
  }
}
