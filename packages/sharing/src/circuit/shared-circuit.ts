import type { Because, Breaker, Company, Instant, Millis, Outcome, Seat, Verdict } from '@switchgear/core';
import { Pool } from '../pool/pool.ts';
import type { CircuitReport, Word } from '../report/report.ts';
import { joined, NONE, type Sums, since } from '../report/sums.ts';
import { Doubt } from './doubt.ts';
import type { Fellowship } from './fellowship.ts';
import { OwnCalls } from './own-calls.ts';
import { type Peer, spellOf, type Told } from './peer.ts';
import { Standing } from './standing.ts';
import { standsAlone, votesFor } from './votes.ts';

/** A circuit stays in question for this long after the last sign of trouble. */
const QUESTION: Millis = 10_000;
/** While its pool still suspects, for this long at most. */
const LONGEST_QUESTION: Millis = 60_000;

/** One breaker in company: it tells others what its calls say, and judges what others tell of theirs. */
export class SharedCircuit implements Company {
  readonly breaker: Breaker;
  readonly name: string;
  readonly standing: Standing;
  readonly doubt: Doubt;
  readonly own: OwnCalls = new OwnCalls();
  /** The mode that an operator has set for all instances. */
  word: Word | undefined;
  left: () => void = () => {};
  followed: () => void = () => {};
  /** The life of the instance that is appointed to probe. */
  appointed: () => string | undefined = () => undefined;
  readonly #seat: Seat;
  readonly #among: Fellowship;
  readonly #pool: Pool;
  /** When the last sign of trouble was seen. */
  #stirredAt: Millis = -Infinity;

  constructor(breaker: Breaker, name: string, seat: Seat, among: Fellowship) {
    this.breaker = breaker;
    this.name = name;
    this.standing = new Standing(breaker, among.now());
    this.#seat = seat;
    this.#among = among;
    this.#pool = new Pool(seat);
    this.doubt = new Doubt(breaker, seat, among);
  }

  tell(outcome: Outcome, at: Instant, duration: Millis): void {
    if (outcome === 'ignored') return;
    const isSlow = duration >= this.#seat.detection.slowerThan;
    const isBad = outcome === 'failure' || isSlow;
    if (isBad) this.#question();
    this.own.add(1, outcome === 'failure', isSlow, at);
    if (isBad) this.#poolOwn(at);
  }

  skip(successes: number): void {
    this.own.add(successes, false, false, this.breaker.clock.now());
  }

  moved(because: Because | undefined): void {
    const { state, clock } = this.breaker;
    if (!because || !this.standing.follow(state, because, this.#seat.detection, this.#among.now())) return;
    this.#pool.clear(clock.now());
    this.#question();
    this.followed();
  }

  /** Whether it is open by its own evidence while most others are closed. */
  get isItUs(): boolean {
    return this.standing.isByOwnEvidence && standsAlone(this.name, this.#among);
  }

  /** Whether others should be told of it, because something is or was wrong. */
  inQuestion(now: Millis): boolean {
    const age = now - this.#stirredAt;
    if (this.standing.state !== 'closed' || this.word || age < QUESTION) return true;
    return age < LONGEST_QUESTION && this.#pool.suspects(this.breaker.clock.now());
  }

  /** Brings everything up to date, as before a report is sent. */
  refresh(): void {
    this.#seat.flush();
    this.#seat.among(this.#among.probing);
    this.#poolOwn(this.breaker.clock.now());
    this.own.mark(this.#among.now());
  }

  /** What to tell others now. */
  report(now: Millis): CircuitReport {
    const { state, ground, rule, since: movedAt } = this.standing;
    const { slowerThan } = this.#seat.detection;
    return {
      name: this.name,
      slowerThan: Number.isFinite(slowerThan) ? slowerThan : 0,
      state,
      ground,
      rule,
      age: now - movedAt,
      left: this.breaker.retryAfter,
      ...this.own.told(this.breaker.clock.now()),
      word: this.word,
    };
  }

  /** Takes what an instance tells, after the sums that are known of it and when it last told of this circuit. */
  hear(peer: Peer, told: Told, known: Sums | undefined, knownAt: Millis): void {
    const { state } = this.standing;
    const more = since(told.sums, joined(known ?? NONE, told.before));
    if (known) this.#pool.learn(since(told.sums, known).calls - more.calls);
    if (more.failures + more.slow > 0 || told.state !== 'closed') this.#question();
    if (state === 'open' && more.calls > more.failures) this.doubt.wake(this.standing, knownAt);
    if (state !== 'closed') return;
    const calls = told.slowerThan === this.#seat.detection.slowerThan ? more : { ...more, slow: 0 };
    const at = this.breaker.clock.now();
    const spell = spellOf(told, this.standing.since, at - this.#among.now());
    const verdict = this.#pool.others(peer.life, calls, this.#among.quorum, at, spell);
    this.#judge(verdict ?? votesFor(this.name, this.own.sums.calls === 0, this.#among));
  }

  lost(life: string): void {
    this.#pool.forget(life);
  }

  /** Nobody else is there: neither what they told nor waits that count on their probes hold any more. */
  alone(mostRest: Millis): void {
    this.#pool.clear(this.breaker.clock.now());
    this.#seat.among(1);
    this.#seat.hold(0, mostRest);
  }

  #poolOwn(at: Instant): void {
    const verdict = this.#pool.own(this.own.sums, at);
    if (this.standing.state === 'closed' && this.#among.instances > 1) this.#judge(verdict);
  }

  #judge(verdict: Verdict | undefined): void {
    if (verdict) this.doubt.judge(verdict, this.own, this.standing, this.#pool);
  }

  /** There is a sign of trouble, of which others are to be told. */
  #question(): void {
    this.#among.stir();
    const now = this.#among.now();
    const wasInQuestion = this.inQuestion(now);
    this.#stirredAt = now;
    if (wasInQuestion) return;
    this.#seat.flush();
    this.#poolOwn(this.breaker.clock.now());
    this.own.markBeginning(now);
  }
}
