import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Decision } from './decision.ts';
import type { Admission, Expiry, ProbeEnding, Progress, Recover } from './recover.ts';
import { NOTHING, type Sample } from './sample.ts';

/** A probe in flight. */
interface Place {
  readonly id: number;

  /** When it is given up for lost. */
  readonly until: Instant;
}

/** What a stay half-open remembers. There are never more places than permitted. */
interface StayMemory {
  readonly places: readonly Place[];
  readonly sample: Sample;
}

/** A stay half-open with a place for each probe in flight. */
export class Stay implements Recover<StayMemory> {
  readonly #permitted: number;
  readonly #decision: Decision;
  readonly #reprobeAfter: Millis;
  readonly #maxStay: Millis | undefined;
  readonly #afterMaxStay: 'open' | 'closed';

  constructor(
    permitted: number,
    decision: Decision,
    reprobeAfter: Millis,
    maxStay: Millis | undefined,
    afterMaxStay: 'open' | 'closed',
  ) {
    this.#permitted = permitted;
    this.#decision = decision;
    this.#reprobeAfter = reprobeAfter;
    this.#maxStay = maxStay;
    this.#afterMaxStay = afterMaxStay;
  }

  start(): StayMemory {
    return { places: [], sample: NOTHING };
  }

  admit(memory: StayMemory, { at, id }: { readonly at: Instant; readonly id: number }): Admission<StayMemory> {
    const held = memory.places.filter(({ until }) => at < until);
    const lost = memory.places.length - held.length;
    const admitted = held.length < this.#permitted && held.length < this.#decision.needed(memory.sample);
    if (!admitted && lost === 0) return { admitted, memory, lost };
    const places = admitted ? [...held, { id, until: at + this.#reprobeAfter }] : held;
    return { admitted, memory: { ...memory, places }, lost };
  }

  settle(memory: StayMemory, ending: ProbeEnding): Progress<StayMemory> {
    const places = memory.places.filter(({ id }) => id !== ending.id);
    if (places.length === memory.places.length) return { memory };
    if (ending.outcome === 'ignored') return { memory: { ...memory, places } };
    const sample = this.#decision.add(memory.sample, ending);
    return this.#decision.of(sample) ?? { memory: { places, sample } };
  }

  expired(_memory: StayMemory, stay: { readonly at: Instant; readonly since: Instant }): Expiry | undefined {
    const maxStay = this.#maxStay;
    if (maxStay === undefined || stay.at < stay.since + maxStay) return undefined;
    return { to: this.#afterMaxStay, at: stay.since + maxStay, verdict: { rule: 'maxStay', evidence: { maxStay } } };
  }

  freeAt({ places }: StayMemory): Instant {
    return Math.min(...places.map(({ until }) => until));
  }

  tally({ sample: { calls, failures, slow } }: StayMemory): { calls: number; failures: number; slow: number } {
    return { calls, failures, slow };
  }
}
