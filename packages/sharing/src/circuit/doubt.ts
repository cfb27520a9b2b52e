import type { Breaker, Millis, Seat, Verdict } from '@switchgear/core';
import type { Pool } from '../pool/pool.ts';
import type { Fellowship } from './fellowship.ts';
import type { OwnCalls } from './own-calls.ts';
import { OTHERS, type Standing } from './standing.ts';

/** For how long a trouble is remembered after others last spoke of it. */
const TROUBLE: Millis = 300_000;
/** A success in a report may be a second old. Before this, it may have come before the circuit opened. */
const LEAST_REST: Millis = 1_500;
/** How rarely the same dissent is announced. */
const DISSENT: Millis = 10_000;

/**
 * Acts on verdicts on the calls of others, unless the calls here go well. At the first verdict of a trouble only those count
 * that ended since it seems to have begun, because calls that went well before prove nothing; after that the last calls
 * decide.
 */
export class Doubt {
  readonly #breaker: Breaker;
  readonly #seat: Seat;
  readonly #among: Fellowship;
  /** How often dissent was announced. */
  dissents = 0;
  #troubleUntil: Millis = -Infinity;
  #dissentedAt: Millis = -Infinity;

  constructor(breaker: Breaker, seat: Seat, among: Fellowship) {
    this.#breaker = breaker;
    this.#seat = seat;
    this.#among = among;
  }

  /** Whether it was announced not long ago. */
  get isDissenting(): boolean {
    return this.#among.now() - this.#dissentedAt < DISSENT;
  }

  /**
   * Others' calls succeed again: calls here shall find out for themselves, unless one is appointed to do that.
   *
   * @param knownAt when the one that tells it last told of this circuit: what came since then is no older
   */
  wake(standing: Standing, knownAt: Millis): void {
    const { instances, probing } = this.#among;
    const isLater = !standing.wasWokenInVain && knownAt >= standing.since;
    if (probing < instances || !(isLater || this.#among.now() - standing.since >= LEAST_REST)) return;
    standing.onHearsay(() => this.#seat.wake({ rule: OTHERS, evidence: { instances } }));
  }

  /** @param pool what the verdict was made on */
  judge(
    verdict: Verdict,
    own: OwnCalls,
    standing: Standing,
    pool: Pick<Pool, 'isMostlyOwn' | 'isMixed' | 'beganAt'>,
  ): void {
    const { instances } = this.#among;
    const now = this.#among.now();
    const isKnown = now < this.#troubleUntil;
    this.#troubleUntil = now + TROUBLE;
    if (!isKnown) own.forgetRecent(pool.beganAt);
    if (!own.wentWell) {
      // While some calls succeed, an instance without evidence of its own stays closed and lets its next call decide.
      if (pool.isMixed && !own.hasRecent) return;
      const evidence = { ...verdict.evidence, instances };
      standing.onHearsay(() => this.#seat.open({ rule: verdict.rule, evidence }), pool.isMostlyOwn);
    } else if (now - this.#dissentedAt >= DISSENT) {
      this.#dissentedAt = now;
      this.dissents++;
      this.#among.dissented(this.#breaker, verdict);
    }
  }
}
