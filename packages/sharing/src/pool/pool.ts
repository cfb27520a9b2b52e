import type { Detector, DetectorPlan, Instant, Seat, Verdict } from '@switchgear/core';
import { NONE, type Sums, since } from '../report/sums.ts';
import { absorb } from './absorb.ts';
import { fewestFailures } from './fewest-failures.ts';
import { type Spell, Trouble } from './trouble.ts';

/**
 * What all instances were told of one circuit, judged by the rule of the breaker here: a detector made of the same plan as the
 * breaker's own, and told what others were told as well.
 */
export class Pool {
  readonly #seat: Seat;
  #plan: DetectorPlan | undefined;
  #detector: Detector | undefined;
  #fewest: number | undefined;
  /** Whether it learns what is normal, and has no window. */
  #learns = false;
  /** What it holds against the dependency. */
  #trouble = new Trouble();
  /** The sums of own calls that it has. */
  #own: Sums = NONE;
  /** Calls absorbed so far. */
  #total = 0;
  /** When it was told of the last calls, later ones a millisecond each. */
  #toldAt: Instant = -Infinity;
  /** What holds once the trouble is no blip, unless a call succeeds before. */
  #held: Verdict | undefined;
  /** For each other life, the bad calls that count now, each as the number of calls absorbed before it. */
  readonly #counted = new Map<string, number[]>();

  constructor(seat: Seat) {
    this.#seat = seat;
  }

  /** Takes the own calls that it does not have yet. The breaker's own detector judges them too, so none is left out. */
  own(sums: Sums, at: Instant): Verdict | undefined {
    const detector = this.#present();
    const calls = since(sums, this.#own);
    this.#own = sums;
    const bad = Math.max(calls.failures, calls.slow);
    this.#count('own', bad, calls.calls - bad, at);
    return detector && calls.calls > 0 ? this.#absorb(detector, calls, at) : undefined;
  }

  /**
   * Takes the calls of another instance, but no more bad ones than its share of what a verdict needs. Otherwise one instance
   * with a broken network, or a liar, would open the circuits of all.
   *
   * @param quorum how many instances must agree
   * @param spell when its bad calls ended, if it tells
   */
  others(life: string, calls: Sums, quorum: number, at: Instant, spell?: Spell): Verdict | undefined {
    const detector = this.#present();
    if (!detector) return undefined;
    const counted = this.#countedOf(life, detector, at);
    const needed = this.#seat.neededFailures(detector, at) ?? this.#fewestFailures(at);
    const room = Math.max(0, Math.ceil(needed / quorum) - counted.length);
    const failures = Math.min(calls.failures, room);
    const slow = Math.min(calls.slow, room);
    const bad = Math.max(failures, slow);
    for (let i = 0; i < bad; i++) counted.push(this.#total);
    const good = calls.calls - Math.max(calls.failures, calls.slow);
    this.#count('others', bad, good, at, spell);
    return this.#absorb(detector, { calls: good + bad, failures, slow }, at);
  }

  /** Takes good calls of before, from which a detector that learns what is normal can learn that, and nothing else. */
  learn(calls: number): void {
    const detector = this.#present();
    if (detector && this.#learns && calls > 0) detector.skip(Math.min(calls, 10_000));
  }

  /** Whether it holds failures that could add up to a verdict. */
  suspects(at: Instant): boolean {
    const detector = this.#detector;
    if (!detector) return false;
    return this.#learns ? detector.lull === 0 : detector.readings(at).failures > 0;
  }

  /** Whether most of what it holds against the dependency are own calls. */
  get isMostlyOwn(): boolean {
    return this.#trouble.isMostlyOwn;
  }

  /**
   * When the trouble began that it suspects: the point since which failures add up, which for a CUSUM is the likeliest one of
   * the change (D. V. Hinkley, Biometrika 57, 1970). `Infinity` if it cannot tell, because it has a window.
   */
  get beganAt(): Instant {
    return this.#learns ? this.#trouble.since : Infinity;
  }

  /** Whether some calls have succeeded, of whomever, since the trouble began. */
  get isMixed(): boolean {
    return this.#trouble.isMixed;
  }

  clear(at: Instant): void {
    this.#trouble = new Trouble();
    this.#held = undefined;
    this.#counted.clear();
    this.#detector?.clear(at);
  }

  /** Forgets what an instance brought, because it is gone. */
  forget(life: string): void {
    this.#counted.delete(life);
  }

  /** The detector of the present rule; undefined if that judges more than sums. */
  #present(): Detector | undefined {
    const { detection } = this.#seat;
    if (detection === this.#plan) return this.#detector;
    this.#plan = detection;
    this.#fewest = undefined;
    this.#held = undefined;
    this.#counted.clear();
    this.#detector = detection.sums ? this.#seat.detector() : undefined;
    this.#learns = this.#detector !== undefined && this.#seat.neededFailures(this.#detector, 0) !== undefined;
    return this.#detector;
  }

  #count(whose: 'own' | 'others', bad: number, good: number, at: Instant, spell?: Spell): void {
    if (!this.suspects(at)) this.#trouble = new Trouble();
    this.#trouble.count(whose, bad, good, at, spell);
  }

  #absorb(detector: Detector, calls: Sums, at: Instant): Verdict | undefined {
    this.#total += calls.calls;
    const { slowerThan } = this.#seat.detection;
    const known = slowerThan < Infinity ? calls : { ...calls, slow: NONE.slow };
    // What several instances tell in one delivery is not one event, as are calls of one that fail in the same millisecond.
    const from = Math.max(at, this.#toldAt + 1);
    const bad = Math.max(calls.failures, calls.slow);
    const verdict = absorb(detector, known, slowerThan, from) ?? (calls.calls > bad ? undefined : this.#held);
    this.#toldAt = from + bad;
    const isBlip = this.#trouble.isBlip(at);
    this.#held = isBlip ? verdict : undefined;
    return verdict && !isBlip ? { ...verdict, rule: `pooled ${verdict.rule}` } : undefined;
  }

  /** Bad calls of a life that still count: while the detector suspects, or while they are in its window. */
  #countedOf(life: string, detector: Detector, at: Instant): number[] {
    if (this.#learns && detector.lull > 0) this.#counted.clear();
    const before = this.#counted.get(life) ?? [];
    const forgotten = this.#learns ? 0 : this.#total - detector.readings(at).calls;
    const counted = before.filter((position) => position >= forgotten);
    this.#counted.set(life, counted);
    return counted;
  }

  #fewestFailures(at: Instant): number {
    this.#fewest ??= fewestFailures(() => this.#seat.detector(), this.#seat.detection.slowerThan, at);
    return this.#fewest;
  }
}
