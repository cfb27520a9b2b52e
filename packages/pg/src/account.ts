import type { Breaker, Ending, Millis, Permit, Ruling } from '@switchgear/core';
import { type Judgement, type Moment, rule } from './judgement.ts';
import { endsConnection } from './severity.ts';

/**
 * What is known of one lease, and what the breaker has been told of it.
 *
 * The first answer that says something settles the permit: not the release, which a library may forget and a long
 * transaction puts off. What fails after that is recorded, once; what succeeds is not, or one long transaction would
 * drown everybody else's calls.
 */
export class Account {
  readonly #breaker: Breaker;
  readonly #permit: Permit;
  readonly #judgement: Judgement;
  #decided = false;
  #undecided: Ruling = { outcome: 'ignored' };
  /** Whether all that may still come is the echo of what is known: of a failure, of a connection that was ended. */
  #over = false;
  #closed = false;
  #unanswered = 0;
  #spoiled: unknown;

  /** @throws {CircuitOpenError} when the circuit refuses */
  constructor(breaker: Breaker, judgement: Judgement) {
    this.#breaker = breaker;
    this.#permit = breaker.acquire();
    this.#judgement = judgement;
  }

  /** Why the connection must not be used again, where there is a reason. */
  get spoiled(): unknown {
    return this.#spoiled;
  }

  /** Whether the client has been released. */
  get closed(): boolean {
    return this.#closed;
  }

  /** There will be no client: the pool could not give one. */
  fail(error: unknown): void {
    this.#settle(rule({ error }, this.#judgement, { connecting: true }, this.#breaker));
  }

  /** There will be neither a client nor an error. */
  forget(): void {
    this.#settle(this.#undecided);
  }

  /** Nothing can be learnt of the client that there is: a fault of ours, and not the caller's affair. */
  giveUp(error: unknown): void {
    this.forget();
    this.#breaker.report(error, 'protectPool');
  }

  /** Counts a query on its way; what is returned says that it is no longer. */
  sent(): () => void {
    let waiting = 1;
    this.#unanswered += 1;
    return () => {
      this.#unanswered -= waiting;
      waiting = 0;
    };
  }

  /** Hears how a query ended, or that the connection broke. */
  learn(ending: Ending, duration: Millis, moment?: Pick<Moment, 'intact'>): void {
    if (!this.#over) this.#weigh(ending, duration, moment);
    this.#returnIfOver();
  }

  /** The client has been released. Answers may still come. */
  close(): void {
    this.#closed = true;
    this.#returnIfOver();
  }

  #weigh(ending: Ending, duration: Millis, moment?: Pick<Moment, 'intact'>): void {
    const ruling = rule(ending, this.#judgement, { ...moment, released: this.#closed }, this.#breaker);
    const failed = ruling.outcome === 'failure';
    this.#over = failed || ('error' in ending && endsConnection(ending.error));
    // A primary that became a replica keeps its connections: only new ones find the new primary.
    if (failed && ruling.kind === '25006' && 'error' in ending) this.#spoiled = ending.error;
    if (ruling.outcome === 'ignored') this.#undecided = ruling;
    else if (!this.#decided) this.#settle(ruling, duration);
    else if (failed) this.#breaker.record(ruling, duration);
  }

  /** If nothing was learnt and nothing will be, the permit goes back. */
  #returnIfOver(): void {
    if (this.#closed && this.#unanswered === 0) this.#settle(this.#undecided);
  }

  #settle(ruling: Ruling, duration?: Millis): void {
    if (this.#decided) return;
    this.#decided = true;
    this.#permit.settle(ruling, duration);
  }
}
