import type { Because, Breaker, Company, Instant, Millis, Seat, Verdict } from '@switchgear/core';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Candidate } from '../pick/pick.ts';
import type { Blame, Refusal } from './blame.ts';
import { Measures } from './measures.ts';
import type { Pace } from './pace.ts';
import { Recent } from './recent.ts';

/** The share of a new or returned endpoint's weight that it begins with. */
const FIRST_SHARE = 0.1;
/** What an endpoint that calls itself degraded is given of its weight, and for how long after it last said so. */
const DEGRADED = 0.5;
const DEGRADED_FOR: Millis = 10_000;
/** If a call was begun and none ended for this long, calls under way are taken to be lost. */
const LOST_AFTER: Millis = 60_000;

/** What a leaf knows of the tree it belongs to. */
export interface Surroundings {
  /** How long a new or returned endpoint takes to get its whole share. */
  readonly slowStart: Millis;

  readonly pace: Pace;
  now(): Instant;

  /** A leaf has moved. */
  moved(): void;
}

/** One endpoint: its breaker, what is known of it, and its say in whether it is ejected. */
export class Leaf<E extends Endpoint = Endpoint> implements Candidate, Company {
  readonly id: string;
  readonly breaker: Breaker;
  readonly measures: Measures;
  readonly recent: Recent = new Recent();
  endpoint: E;
  to = '';
  /** Its weight over the greatest of all. */
  weight = 1;
  load = 0;
  /** Bumped when calls under way are taken to be lost, whose endings then count for nothing. */
  era = 0;
  isOpen = false;
  /** Whether it is in the tree. A removed one no longer counts as ejected. */
  isPlanted = false;
  /** Why it is in its present state. */
  because: Because | undefined;
  /** Why it was not ejected last, and when. */
  refusal: { readonly why: Refusal; readonly verdict: Verdict; readonly at: Instant } | undefined;
  seat: Seat | undefined;
  readonly #around: Surroundings;
  readonly #blame: Blame;
  #startedAt: Instant = -Infinity;
  #degradedUntil: Instant = -Infinity;
  #movedLoadAt: Instant = -Infinity;

  constructor(endpoint: E, breaker: Breaker, around: Surroundings, blame: Blame) {
    this.id = endpoint.id;
    this.endpoint = endpoint;
    this.breaker = breaker;
    this.#around = around;
    this.measures = new Measures(around.pace);
    this.#blame = blame;
  }

  /** It is new or back: it starts slowly from now on. */
  starts(at: Instant): void {
    this.#startedAt = at;
  }

  /** Whether its share of the calls still grows. */
  isStarting(at: Instant): boolean {
    return at - this.#startedAt < this.#around.slowStart;
  }

  isDegraded(at: Instant): boolean {
    return at < this.#degradedUntil;
  }

  degrade(at: Instant): void {
    this.#degradedUntil = at + DEGRADED_FOR;
  }

  share(at: Instant): number {
    const { slowStart } = this.#around;
    const age = at - this.#startedAt;
    let share = this.weight;
    if (age < slowStart) share *= Math.max(FIRST_SHARE, age / slowStart);
    return this.isDegraded(at) ? share * DEGRADED : share;
  }

  cost(at: Instant): number {
    if (this.load > 0 && at - this.#movedLoadAt > LOST_AFTER) {
      this.load = 0;
      this.era++;
    }
    return this.measures.cost(at, this.load / this.weight);
  }

  begun(at: Instant): void {
    this.load++;
    this.#movedLoadAt = at;
  }

  ended(era: number, at: Instant): void {
    if (era !== this.era) return;
    this.load--;
    this.#movedLoadAt = at;
  }

  consents(verdict: Verdict): boolean {
    const why = this.#blame.refuses(this, verdict);
    this.refusal = why && { why, verdict, at: this.#around.now() };
    return why === undefined;
  }

  moved(because: Because | undefined): void {
    this.because = because;
    const { state } = this.breaker;
    const wasOpen = this.isOpen;
    this.isOpen = state === 'open';
    if (this.isPlanted) this.#blame.ejected += Number(this.isOpen) - Number(wasOpen);
    if (this.isOpen && !wasOpen) this.#blame.without(this);
    if (wasOpen && !this.isOpen) {
      this.starts(this.#around.now());
      // Its recovery asks anew; what it did before it was ejected says nothing of now.
      this.measures.forgive();
    }
    this.#around.moved();
  }
}
