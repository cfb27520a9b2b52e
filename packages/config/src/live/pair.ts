import { type Because, type Breaker, type BreakerEvent, createBreaker, explain } from '@switchgear/core';
import { notify } from '@switchgear/core/adapter';
import type { Settings } from '../load/settings.ts';

/** Something that the candidate would have done differently. */
export interface Difference {
  readonly breaker: string;

  /**
   * `'opens'`: the candidate would have opened, and the live circuit is closed. `'stays closed'`: the live circuit has opened,
   * and the candidate would not have.
   */
  readonly would: 'opens' | 'stays closed';

  /** Why: of the one that opens. */
  readonly because: Because;

  /** The same as a sentence. */
  readonly sentence: string;
}

/** How a candidate and the live settings of one breaker have compared so far. */
export interface Comparison {
  readonly breaker: string;

  /** Calls that both have seen. */
  readonly calls: number;

  /** How often both opened. */
  readonly both: number;

  /** How often only the candidate would have opened. */
  readonly onlyCandidate: number;

  /** How often only the live circuit opened. */
  readonly onlyLive: number;

  /** The milliseconds by which the candidate would have opened earlier, on average; null before both have. */
  readonly earlierBy: number | null;

  /** Whether calls have no duration, because the live settings do not need it: then nothing is slow for the candidate. */
  readonly untimed: boolean;
}

/** A live breaker and its candidate in shadow. */
export class Pair {
  readonly #live: Breaker;
  readonly #shadow: Breaker;
  readonly #onDifference: (difference: Difference) => void;
  readonly #earlier: number[] = [];
  #calls = 0;
  #onlyCandidate = 0;
  #onlyLive = 0;
  #untimed = false;
  /** When the candidate would have opened, as long as the live circuit has not. */
  #opens: number | undefined;

  constructor(live: Breaker, candidate: Settings, onDifference: (difference: Difference) => void) {
    this.#live = live;
    this.#onDifference = onDifference;
    this.#shadow = createBreaker({ ...candidate.options(live.name), clock: live.clock });
    this.#shadow.setMode('shadow');
    this.#shadow.subscribe((event) => {
      if (event.type === 'wouldOpen') this.#candidateOpens(event.because, event.at);
    });
  }

  /** Receives an event of the live breaker. */
  see(event: BreakerEvent): void {
    if (event.type === 'outcome') {
      const { outcome, kind, duration } = event;
      if (outcome !== 'ignored') this.#calls++;
      this.#untimed ||= duration === undefined && outcome !== 'ignored';
      this.#shadow.record({ outcome, ...(kind !== undefined && { kind }) }, duration);
    } else if (event.type === 'move' && event.to === 'open' && event.from === 'closed') {
      this.#liveOpens(event.because, event.at);
    }
  }

  #candidateOpens(because: Because, at: number): void {
    if (this.#live.state !== 'closed') return;
    if (this.#opens !== undefined) this.#onlyCandidate++;
    this.#opens = at;
    // An outcome is told before the circuit moves by it: if both open on one call, they do not differ.
    queueMicrotask(() => {
      if (this.#opens === at) this.#tell('opens', because);
    });
  }

  #liveOpens(because: Because, at: number): void {
    if (this.#opens !== undefined) this.#earlier.push(at - this.#opens);
    else {
      this.#onlyLive++;
      this.#tell('stays closed', because);
    }
    this.#opens = undefined;
  }

  #tell(would: Difference['would'], because: Because): void {
    const breaker = this.#live.name;
    const [who, other] =
      would === 'opens'
        ? ['the candidate would open', 'the live circuit is closed']
        : ['the live circuit opened', 'the candidate would not have'];
    const sentence = `${breaker}: ${who} (${explain(because)}), and ${other}`;
    notify('onEvent', { report: () => {} }, this.#onDifference, { breaker, would, because, sentence });
  }

  /** How both have done so far. */
  comparison(): Comparison {
    const both = this.#earlier.length;
    return {
      breaker: this.#live.name,
      calls: this.#calls,
      both,
      onlyCandidate: this.#onlyCandidate + (this.#opens === undefined ? 0 : 1),
      onlyLive: this.#onlyLive,
      earlierBy: both === 0 ? null : this.#earlier.reduce((sum, ms) => sum + ms, 0) / both,
      untimed: this.#untimed,
    };
  }
}
