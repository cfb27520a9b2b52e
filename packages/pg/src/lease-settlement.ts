import type { Breaker, Ending, Instant, Millis, Permit, Ruling } from '@switchgear/core';
import { type Classification, type EndingContext, rulingOn } from './classification.ts';
import { endsConnection } from './server-messages.ts';

/**
 * What the breaker is told of one lease of a client, from its checkout to its release.
 *
 * The first answer that says something settles the permit. The release does not, because a library may forget it and a long
 * transaction delays it. A later failure is recorded, once; later successes are not, because a long transaction would
 * outweigh all other calls.
 */
export class LeaseSettlement {
  readonly #breaker: Breaker;
  readonly #permit: Permit;
  readonly #clock: Breaker['clock'];
  readonly #classification: Classification;
  #settled = false;
  /** What the permit is settled with if no answer says anything. */
  #fallback: Ruling = { outcome: 'ignored' };
  /** Whether further endings only repeat a known one: a failure, or the end of the connection. */
  #final = false;
  #released = false;
  #unanswered = 0;
  #unusable: unknown;

  /** @throws {CircuitOpenError} when the circuit refuses */
  constructor(breaker: Breaker, classification: Classification) {
    this.#breaker = breaker;
    this.#permit = breaker.acquire();
    this.#clock = breaker.clock;
    this.#classification = classification;
  }

  /** The error that makes the connection unusable; `undefined` while there is none. */
  get unusable(): unknown {
    return this.#unusable;
  }

  /** Whether the client has been released. */
  get released(): boolean {
    return this.#released;
  }

  /** The time by the breaker's clock, to measure queries. */
  now(): Instant {
    return this.#clock.now();
  }

  /** Settles with the error for which the pool gave no client. */
  connectFailed(error: unknown): void {
    this.#settle(rulingOn({ error }, this.#classification, { connecting: true }, this.#breaker));
  }

  /** Settles without a ruling, because neither a client nor an error will come. */
  ignore(): void {
    this.#settle(this.#fallback);
  }

  /** Settles without a ruling, because the client cannot be observed. That is a fault here, so it is reported, not thrown. */
  ignoreAndReport(error: unknown): void {
    this.ignore();
    this.#breaker.report(error, 'protectPool');
  }

  /**
   * Counts a query that was sent.
   *
   * @returns a function that counts it as answered; further calls of it do nothing
   */
  querySent(): () => void {
    let waiting = 1;
    this.#unanswered += 1;
    return () => {
      this.#unanswered -= waiting;
      waiting = 0;
    };
  }

  /** Receives how a query ended, or that the connection broke. */
  ended(ending: Ending, duration: Millis, context?: Pick<EndingContext, 'intact'>): void {
    if (!this.#final) this.#classify(ending, duration, context);
    this.#settleIfOver();
  }

  /** The client has been released. Answers may still come. */
  release(): void {
    this.#released = true;
    this.#settleIfOver();
  }

  #classify(ending: Ending, duration: Millis, context?: Pick<EndingContext, 'intact'>): void {
    const moment = { ...context, released: this.#released };
    const ruling = rulingOn(ending, this.#classification, moment, this.#breaker);
    const failed = ruling.outcome === 'failure';
    this.#final = failed || ('error' in ending && endsConnection(ending.error));
    // A primary that became a replica keeps its connections open: only new ones reach the new primary.
    if (failed && ruling.kind === '25006' && 'error' in ending) this.#unusable = ending.error;
    if (ruling.outcome === 'ignored') this.#fallback = ruling;
    else if (!this.#settled) this.#settle(ruling, duration);
    else if (failed) this.#breaker.record(ruling, duration);
  }

  #settleIfOver(): void {
    if (this.#released && this.#unanswered === 0) this.#settle(this.#fallback);
  }

  #settle(ruling: Ruling, duration?: Millis): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#permit.settle(ruling, duration);
  }
}
