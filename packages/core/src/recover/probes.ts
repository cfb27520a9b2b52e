import type { Verdict } from '../vocabulary/because.ts';
import { requireMillis, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Admission, ProbeEnding, Progress, Recover, RecoverRecipe } from './recover.ts';

/** Options of {@link probes}. */
export interface ProbesOptions {
  /** How many probes may be in flight at once. */
  readonly permitted: number;

  /**
   * Closes after this many successes.
   *
   * @default the value of `permitted`
   */
  readonly successes?: number;

  /**
   * Opens again after this many failures. A slow success is a failure where the breaker's rule judges slowness.
   *
   * @default 1
   */
  readonly failures?: number;

  /**
   * Milliseconds after which a probe that nobody settled gives its place to another.
   *
   * @default the breaker's permitTimeout
   */
  readonly reprobeAfter?: Millis;
}

/** A probe in flight. */
interface Place {
  readonly id: number;

  /** When it is given up for lost. */
  readonly until: Instant;
}

/** What a stay remembers. There are never more places than `permitted`. */
interface ProbesMemory {
  readonly places: readonly Place[];
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;
}

/**
 * Lets a few calls through and decides by how they end. All others are refused, never queued.
 *
 * @throws {RangeError | TypeError} for an option out of range
 */
export function probes(options: ProbesOptions): RecoverRecipe {
  requireOptions('probes', options, ['permitted', 'successes', 'failures', 'reprobeAfter']);
  const { permitted, successes = permitted, failures = 1, reprobeAfter } = options;
  requireWhole('probes permitted', permitted);
  requireWhole('probes successes', successes);
  requireWhole('probes failures', failures);
  if (reprobeAfter !== undefined) requireMillis('probes reprobeAfter', reprobeAfter);
  return {
    build: ({ permitTimeout }) => new Probes(permitted, successes, failures, reprobeAfter ?? permitTimeout) as Recover,
  };
}

class Probes implements Recover<ProbesMemory> {
  readonly #permitted: number;
  readonly #successes: number;
  readonly #failures: number;
  readonly #reprobeAfter: Millis;

  constructor(permitted: number, successes: number, failures: number, reprobeAfter: Millis) {
    this.#permitted = permitted;
    this.#successes = successes;
    this.#failures = failures;
    this.#reprobeAfter = reprobeAfter;
  }

  start(): ProbesMemory {
    return { places: [], calls: 0, failures: 0, slow: 0 };
  }

  admit(memory: ProbesMemory, { at, id }: { at: Instant; id: number }): Admission<ProbesMemory> {
    const held = memory.places.filter(({ until }) => at < until);
    const lost = memory.places.length - held.length;
    const admitted = this.#hasRoom(held.length, memory);
    if (!admitted && !lost) return { admitted, memory, lost };
    const places = admitted ? [...held, { id, until: at + this.#reprobeAfter }] : held;
    return { admitted, memory: { ...memory, places }, lost };
  }

  /** No more at once than permitted, and no more than could still be needed to close. */
  #hasRoom(inFlight: number, { calls, failures }: ProbesMemory): boolean {
    const succeeded = calls - failures;
    return inFlight < this.#permitted && inFlight + succeeded < Math.max(this.#permitted, this.#successes);
  }

  settle(memory: ProbesMemory, { id, outcome, slow }: ProbeEnding): Progress<ProbesMemory> {
    const places = memory.places.filter((place) => place.id !== id);
    if (places.length === memory.places.length) return { memory };
    if (outcome === 'ignored') return { memory: { ...memory, places } };
    const failed = outcome === 'failure' || slow;
    const calls = memory.calls + 1;
    const failures = memory.failures + (failed ? 1 : 0);
    if (failures >= this.#failures) return { to: 'open', verdict: verdict(calls, failures) };
    if (calls - failures >= this.#successes) return { to: 'closed', verdict: verdict(calls, failures) };
    return { memory: { places, calls, failures, slow: memory.slow + (slow ? 1 : 0) } };
  }

  freeAt({ places }: ProbesMemory): Instant {
    return Math.min(...places.map(({ until }) => until));
  }

  tally({ calls, failures, slow }: ProbesMemory): { calls: number; failures: number; slow: number } {
    return { calls, failures, slow };
  }
}

function verdict(calls: number, failures: number): Verdict {
  return { rule: 'probes', evidence: { calls, failures } };
}
