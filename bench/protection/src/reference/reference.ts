import type { Random } from '../random/random-stream.ts';
import { Evidence } from './evidence.ts';
import { Ramp } from './ramp.ts';
import { Vitals } from './vitals.ts';

/** Milliseconds: the shortest outage to reckon with, and the bounds of a wait. */
const SHORTEST = 100;
const LEAST_WAIT = 20;
const MOST_WAIT = 30_000;

/** Leave to make a call. */
export interface ReferencePermit {
  readonly generation: number;
  readonly stay: number;
  readonly probe: boolean;
}

/**
 * The algorithm that `adaptive()` was designed after, in one piece and without anything around it: what the trial of
 * the design measured, to hold the library against. It is only measured, never used.
 */
export class Reference {
  readonly #random: Random;
  readonly #vitals = new Vitals();
  readonly #evidence = new Evidence();
  #ramp: Ramp | undefined;
  #open = false;
  #openAt = 0;
  #wait = 0;
  /** When the pending probe was sent; `NaN` without one. */
  #probeAt = Number.NaN;
  /** The generation whose outcomes count, and the one whose calls count as load. */
  #generation = 0;
  #stay = 0;
  /** The beginning of the current outage; `NaN` without one. */
  #trippedAt = Number.NaN;

  constructor(random: Random) {
    this.#random = random;
  }

  ask(at: number): ReferencePermit | undefined {
    const vitals = this.#vitals;
    vitals.offered(at);
    if (this.#open) return this.#askOpen(at);
    if (!this.#ramp) this.#watch(at);
    if (this.#open || (this.#ramp && !this.#ramp.admits(vitals.load))) return undefined;
    return this.#permit(false);
  }

  settle(permit: ReferencePermit, succeeded: boolean, at: number, latency: number): void {
    const vitals = this.#vitals;
    vitals.outstanding--;
    vitals.answered();
    if (permit.stay === this.#stay) vitals.load--;
    if (permit.generation !== this.#generation) return;
    if (succeeded) vitals.succeeded(at, latency);
    if (this.#open) this.#probed(succeeded, at);
    else if (this.#ramp) this.#ramped(this.#ramp, succeeded, at);
    else if (succeeded) this.#evidence.succeeded();
    else if (this.#evidence.failed(at, vitals.rate(at))) this.#trip(at);
  }

  #permit(probe: boolean): ReferencePermit {
    this.#vitals.outstanding++;
    this.#vitals.load++;
    this.#vitals.sent++;
    return { generation: this.#generation, stay: this.#stay, probe };
  }

  /** Silence and overload can be detected only while calls are in flight. */
  #watch(at: number): void {
    const vitals = this.#vitals;
    const needed = this.#evidence.needed(at, vitals.rate(at));
    if (vitals.isSilent(at, needed)) this.#trip(at);
    else if (vitals.isOverloaded(at, needed)) {
      this.#generation++;
      this.#ramp = new Ramp(vitals.load, true);
    }
  }

  #askOpen(at: number): ReferencePermit | undefined {
    const { base } = this.#vitals;
    const patience = 4 * this.#wait + 4 * (base === Number.POSITIVE_INFINITY ? 0 : base);
    if (at > this.#probeAt + patience) {
      this.#fence();
      this.#waitAgain(at);
    }
    if (at < this.#openAt + this.#wait || !Number.isNaN(this.#probeAt)) return undefined;
    this.#fence();
    this.#probeAt = at;
    return this.#permit(true);
  }

  #probed(succeeded: boolean, at: number): void {
    if (!succeeded) {
      this.#waitAgain(at);
      return;
    }
    const { base, gap } = this.#vitals;
    const normal = this.#vitals.normalLoad(at);
    this.#open = false;
    this.#fence();
    this.#ramp = new Ramp(Math.max(1, Math.min(normal, (4 * normal * base) / gap)), false);
  }

  #ramped(ramp: Ramp, succeeded: boolean, at: number): void {
    if (succeeded) {
      if (ramp.succeeded(at, this.#vitals)) this.#close(at);
      return;
    }
    const answer = ramp.failed();
    if (answer === 'open') this.#trip(at);
    if (answer === 'cut') this.#generation++;
  }

  #close(at: number): void {
    this.#evidence.closed(at, Number.isNaN(this.#trippedAt) ? 0 : at - this.#trippedAt);
    this.#trippedAt = Number.NaN;
    this.#ramp = undefined;
    this.#generation++;
  }

  #trip(at: number): void {
    if (Number.isNaN(this.#trippedAt)) this.#trippedAt = at;
    this.#open = true;
    this.#ramp = undefined;
    this.#generation++;
    this.#waitAgain(at);
  }

  /** Excludes all calls in flight from outcomes and load. */
  #fence(): void {
    this.#generation++;
    this.#stay++;
    this.#vitals.load = 0;
  }

  /** The square-root law: probing costs as much as not knowing. */
  #waitAgain(at: number): void {
    const outage = Math.max(SHORTEST, at - this.#vitals.lastSuccess);
    const wait = Math.sqrt((2 * outage) / this.#vitals.rate(at)) * (0.75 + this.#random() / 2);
    this.#wait = Math.min(MOST_WAIT, Math.max(LEAST_WAIT, wait));
    this.#openAt = at;
    this.#probeAt = Number.NaN;
  }
}
