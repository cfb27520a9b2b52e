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
  silentFor: Millis = 0;
  #lastOffer: Instant;
  /** The most of a pause between two calls that counts as silence of the dependency; the rest is due to the caller. */
  #longestPause: Millis = Infinity;
  #leftClosedAt: Instant | undefined;
  #closedAt: Instant = -Infinity;
  #lastOutage: Millis = 0;
  #troubleUntil: Instant = -Infinity;

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

  rate(at: Instant): number {
    return this.#rate.at(at);
  }

  relapse(at: Instant): number {
    if (at < this.#troubleUntil) return 1;
    const memory = Math.min(MOST_MEMORY, Math.max(LEAST_MEMORY, 2 * this.#lastOutage));
    return Math.exp((this.#closedAt - at) / memory);
  }

  offered(at: Instant): void {
    if (this.#rate.add(at)) this.#longestPause = USUAL_PAUSES / this.#rate.at(at);
    if (this.unservedSince === Infinity) this.unservedSince = at;
    // Without a call under way nothing can come back; and before warm-up the normal latency is too low, because the quick
    // answers come first.
    const counts = this.unanswered > 0 && this.#latencies.isWarm;
    if (counts) this.silentFor += Math.min(at - this.#lastOffer, this.#longestPause);
    this.#lastOffer = at;
  }

  admitted(): void {
    this.load++;
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
    this.load = 0;
  }

  #moved({ phase, since }: Move): void {
    this.#phase = phase;
    if (phase !== 'closed') {
      this.#leftClosedAt ??= since;
      return;
    }
    this.#closedAt = since;
    this.#lastOutage = since - (this.#leftClosedAt ?? since);
    this.#leftClosedAt = undefined;
  }

  forget(): void {
    this.unanswered = 0;
    this.silentFor = 0;
  }

  expectTrouble(until: Instant): void {
    this.#troubleUntil = until;
  }
}
