import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { Latencies, OfferedRate } from './estimates.ts';
import type { CallObserver, StepNotes, VitalsRecipe } from './vitals.ts';

/**
 * An outage is remembered for twice as long as it lasted, within these bounds, because a sensitive breaker is sometimes
 * wrong.
 */
const LEAST_MEMORY: Millis = 10_000;
const MOST_MEMORY: Millis = 600_000;
/** A pause between two calls counts as silence for at most this many times the usual pause. */
const USUAL_PAUSES = 4;
/** A round is this many normal latencies, and no shorter than this. Calls from before the last round are late. */
const ROUND = 2;
const LEAST_ROUND: Millis = 125;
/** An outage in which no caller was served for less than this was a blip; the next may last this many times as long. */
const BLIP: Millis = 1_000;
const PATIENCE = 1.5;

/** Vitals learnt from the calls of a breaker. Their cost does not grow with traffic. */
export const learnedVitals: VitalsRecipe = { start: (at) => new LearnedVitals(at) };

type Move = Parameters<CallObserver['stepped']>[1][number];

class LearnedVitals implements CallObserver {
  readonly #rate: OfferedRate;
  readonly #latencies = new Latencies();
  load = 0;
  /** Calls of this generation and later ones count as load. */
  #loadSince = 0;
  /** The state of the circuit. Observation may begin when it is no longer closed. */
  #phase: State = 'closed';
  outstanding = 0;
  lastSuccess: Instant;
  gap: Millis = 0;
  unservedSince: Instant = Infinity;
  unanswered = 0;
  /** Time in which calls are made: of a pause between two of them no more counts than is usual, the rest is the caller's. */
  #clock: Millis = 0;
  /** When the first of the unanswered calls was sent, by that clock. */
  #silentSince: Millis = 0;
  /** Calls admitted in the present round, and in the one before. */
  #inThisRound = 0;
  #inLastRound = 0;
  /** When the present round ends, by that clock. */
  #roundEnds: Millis = 0;
  /** The load at the start of the present round, and of the one before. */
  #loadThen = 0;
  #loadBefore = 0;
  #lastOffer: Instant;
  /** The most of a pause between two calls that counts as silence of the dependency; the rest is due to the caller. */
  #longestPause: Millis = Infinity;
  #leftClosedAt: Instant | undefined;
  #closedAt: Instant = -Infinity;
  #lastOutage: Millis = 0;
  #troubleUntil: Instant = -Infinity;
  /** While not closed, since it opened: the longest time without a success. */
  #unserved: Millis | undefined;
  /** How long callers were not served in the last outage, if it was a blip. */
  #blip: Millis = 0;

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
    // A queue that no longer grows is a burst being served. Two rounds are compared, because while a burst drains a single
    // arrival is growth.
    return this.load > this.#loadBefore ? this.load - this.#inThisRound - this.#inLastRound : 0;
  }

  get silentFor(): Millis {
    // Without a call under way nothing can come back; and before warm-up the normal latency is too low, because the quick
    // answers come first.
    return this.unanswered > 0 && this.#latencies.isWarm ? this.#clock - this.#silentSince : 0;
  }

  rate(at: Instant): number {
    return this.#rate.at(at);
  }

  relapse(at: Instant): number {
    if (at < this.#troubleUntil) return 1;
    const memory = Math.min(MOST_MEMORY, Math.max(LEAST_MEMORY, 2 * this.#lastOutage));
    return Math.exp((this.#closedAt - at) / memory);
  }

  patience(at: Instant): Millis {
    return at < this.#closedAt + MOST_MEMORY ? PATIENCE * this.#blip : 0;
  }

  offered(at: Instant): void {
    if (this.#rate.add(at)) this.#longestPause = USUAL_PAUSES / this.#rate.at(at);
    if (this.unservedSince === Infinity) this.unservedSince = at;
    this.#clock += Math.min(at - this.#lastOffer, this.#longestPause);
    this.#lastOffer = at;
    if (this.#clock >= this.#roundEnds) this.#nextRound();
  }

  #nextRound(): void {
    const round = Math.max(LEAST_ROUND, ROUND * this.#latencies.normal);
    this.#inLastRound = this.#clock < this.#roundEnds + round ? this.#inThisRound : 0;
    this.#inThisRound = 0;
    this.#loadBefore = this.#loadThen;
    this.#loadThen = this.load;
    this.#roundEnds = this.#clock + round;
  }

  admitted(): void {
    if (this.unanswered === 0) this.#silentSince = this.#clock;
    this.load++;
    this.#inThisRound++;
    this.outstanding++;
    this.unanswered++;
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
    if (this.#unserved !== undefined) this.#unserved = Math.max(this.#unserved, this.gap);
    this.#latencies.add(duration, this.gap, began === current);
  }

  stepped(current: number, moves: readonly Move[], notes: StepNotes | undefined): void {
    for (const move of moves) {
      // Calls that hang from before an outage no longer count as load. Straight from closed to half-open, they still do.
      if (move.phase === 'half-open' && this.#phase === 'open') this.#beginLoad(current);
      this.#moved(move);
    }
    if (notes?.loadBegins) this.#beginLoad(current);
    if (notes?.acceptLatency) this.#latencies.accept();
  }

  #beginLoad(generation: number): void {
    this.#loadSince = generation;
    this.load = this.#loadThen = this.#loadBefore = this.#inThisRound = this.#inLastRound = 0;
  }

  #moved({ phase, since }: Move): void {
    this.#phase = phase;
    if (phase === 'half-open') this.#latencies.restart();
    if (phase === 'open') this.#unserved ??= 0;
    if (phase !== 'closed') {
      this.#leftClosedAt ??= since;
      return;
    }
    if (this.#unserved !== undefined) this.#blip = this.#unserved < BLIP ? this.#unserved : 0;
    this.#unserved = undefined;
    this.#closedAt = since;
    this.#lastOutage = since - (this.#leftClosedAt ?? since);
    this.#leftClosedAt = undefined;
  }

  forget(): void {
    this.unanswered = 0;
  }

  expectTrouble(until: Instant): void {
    this.#troubleUntil = until;
  }
}
