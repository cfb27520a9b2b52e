import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { Latencies, OfferedRate } from './estimates.ts';
import { Outages } from './outages.ts';
import { Rounds } from './rounds.ts';
import type { CallObserver, StepNotes, VitalsRecipe } from './vitals.ts';

/** A pause between two calls counts as silence for at most this many times the usual pause. */
const USUAL_PAUSES = 4;

/** Vitals learnt from the calls of a breaker. Their cost does not grow with traffic. */
export const learnedVitals: VitalsRecipe = { start: (at) => new LearnedVitals(at) };

type Move = Parameters<CallObserver['stepped']>[1][number];

class LearnedVitals implements CallObserver {
  /** Declared only: the few breakers that share what they know have it, and the others need no room for it. */
  declare instances?: number;
  readonly #rate: OfferedRate;
  readonly #latencies = new Latencies();
  readonly #outages = new Outages();
  readonly #rounds = new Rounds();
  load = 0;
  /** Calls of this generation and later ones count as load. */
  #loadSince = 0;
  /** The state of the circuit. Observation may begin when it is no longer closed. */
  #phase: State = 'closed';
  outstanding = 0;
  lastSuccess: Instant = 0;
  gap: Millis = 0;
  unservedSince: Instant = Infinity;
  unanswered = 0;
  /** Time in which calls are made: a pause between two of them adds no more than `#longestPause`. */
  #callingTime: Millis = 0;
  /** When the first of the unanswered calls was sent, in calling time. */
  #silentSince: Millis = 0;
  #lastOffer: Instant = 0;
  /** The most of a pause between two calls that counts as silence of the dependency; the rest is due to the caller. */
  #longestPause: Millis = Infinity;

  constructor(at: Instant) {
    this.#rate = new OfferedRate(at);
    this.#lastOffer = at;
    this.lastSuccess = at;
  }

  get latency(): Millis {
    return this.#latencies.present;
  }

  get normalLatency(): Millis {
    return this.#latencies.normal;
  }

  get late(): number {
    return this.#rounds.late(this.load);
  }

  get silentFor(): Millis {
    // Without a call under way nothing can come back; and before warm-up the normal latency is too low, because the quick
    // answers come first.
    return this.unanswered > 0 && this.#latencies.isWarm ? this.#callingTime - this.#silentSince : 0;
  }

  rate(at: Instant): number {
    return this.#rate.at(at);
  }

  relapse(at: Instant): number {
    return this.#outages.relapse(at);
  }

  patience(at: Instant): Millis {
    return this.#outages.patience(at);
  }

  pausePatience(at: Instant): Millis {
    return this.#outages.pausePatience(at);
  }

  surgePatience(at: Instant): Millis {
    return this.#outages.surgePatience(at);
  }

  offered(at: Instant): void {
    if (this.#rate.add(at)) this.#longestPause = USUAL_PAUSES / this.#rate.at(at);
    if (this.unservedSince === Infinity) this.unservedSince = at;
    this.#callingTime += Math.min(at - this.#lastOffer, this.#longestPause);
    this.#lastOffer = at;
    this.#rounds.pass(this.#callingTime, this.load, this.normalLatency);
  }

  admitted(): void {
    if (this.unanswered === 0) this.#silentSince = this.#callingTime;
    this.load++;
    this.outstanding++;
    this.unanswered++;
    this.#rounds.admitted();
  }

  ended(ruling: Outcome | Ruling, at: Instant, duration: Millis, began: number, current: number): void {
    this.outstanding--;
    if (began >= this.#loadSince) this.load--;
    const outcome = typeof ruling === 'string' ? ruling : ruling.outcome;
    // An abort by the caller is no sign of life, and its answer is no longer expected.
    if (outcome === 'ignored') {
      this.unanswered = Math.min(this.unanswered, this.outstanding);
      return;
    }
    this.forget();
    if (outcome === 'failure') return;
    this.unservedSince = Infinity;
    this.gap = at - this.lastSuccess;
    this.lastSuccess = at;
    this.#outages.succeeded(this.gap, began !== current);
    this.#latencies.add(duration, this.gap, began === current);
  }

  stepped(current: number, moves: readonly Move[], notes: StepNotes | undefined): void {
    for (const { phase, since } of moves) {
      // Calls that hang from before an outage no longer count as load. Straight from closed to half-open, they still do.
      if (phase === 'half-open' && this.#phase === 'open') this.#beginLoad(current);
      if (phase === 'half-open') this.#latencies.restart();
      this.#phase = phase;
      this.#outages.moved(phase, since);
    }
    if (notes?.loadBegins) this.#beginLoad(current);
    if (notes?.acceptLatency) this.#latencies.accept();
  }

  #beginLoad(generation: number): void {
    this.#loadSince = generation;
    this.load = 0;
  }

  forget(): void {
    this.unanswered = 0;
  }

  expectTrouble(until: Instant): void {
    this.#outages.expectTrouble(until);
  }
}
