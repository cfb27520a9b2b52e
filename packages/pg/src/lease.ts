import { errorMonitor } from 'node:events';
import type { Breaker, Ending, Permit, Ruling } from '@switchgear/core';
import { type Judgement, rule } from './judgement.ts';
import { observeQuery } from './observe-query.ts';
import { type Method, replaceMethod } from './replace-method.ts';

/** As much of a pool's client as is needed. */
export interface ClientLike {
  query: unknown;
  release: unknown;
  on?(event: symbol, listener: (error: unknown) => void): unknown;
  off?(event: symbol, listener: (error: unknown) => void): unknown;
}

/**
 * A client from its checkout to its release.
 *
 * Checking out an idle client touches no network, so the checkout proves nothing. The first answer that says something
 * settles the permit: not the release, which a library may forget and a long transaction puts off. What fails after
 * that is recorded, once; what succeeds is not, or one long transaction would drown everybody else's calls.
 */
export class Lease {
  readonly #breaker: Breaker;
  readonly #permit: Permit;
  readonly #judgement: Judgement;
  #decided = false;
  #undecided: Ruling = { outcome: 'ignored' };
  #failed = false;
  #over = false;
  #unanswered = 0;
  #spoiled: unknown;

  /** @throws {CircuitOpenError} when the circuit refuses */
  constructor(breaker: Breaker, judgement: Judgement) {
    this.#breaker = breaker;
    this.#permit = breaker.acquire();
    this.#judgement = judgement;
  }

  /** There will be no client: the pool could not give one. */
  fail(error: unknown): void {
    this.#permit.settle(rule({ error }, this.#judgement, true, this.#breaker));
  }

  /** There will be neither a client nor an error. */
  forget(): void {
    this.#permit.settle('ignored');
  }

  /**
   * Watches a client until it is released.
   *
   * @param done the pool's other way to release it, if it has one
   * @returns what to hand out as `done`
   */
  begin(client: ClientLike, done?: unknown): unknown {
    const release = client.release;
    const restore = [
      replaceMethod(client, 'query', (query) => this.#observed(query)),
      replaceMethod(client, 'release', (original) => this.#ending(original, end)),
    ];
    // Beside a listener for 'error' the process would no longer crash where it did.
    const onError = (error: unknown) => this.#learn({ error }, 0);
    client.on?.(errorMonitor, onError);
    const lease = this;

    function end(): void {
      client.off?.(errorMonitor, onError);
      for (const undo of restore.splice(0)) undo();
      lease.#end();
    }

    if (typeof done !== 'function') return done;
    return done === release ? client.release : this.#ending(() => done as Method, end);
  }

  #observed(query: () => Method): Method {
    const lease = this;
    return function (this: unknown, ...args) {
      if (lease.#over) return query().apply(this, args);
      const answered = lease.#sent();
      const began = performance.now();
      const hear = (ending: Ending): void => {
        answered();
        lease.#learn(ending, performance.now() - began);
      };
      try {
        return observeQuery(this, query(), args, hear);
      } catch (error) {
        answered(); // It never left: a mistake of the caller's.
        throw error;
      }
    };
  }

  /** Counts a query on its way; what is returned says that it is no longer. */
  #sent(): () => void {
    let waiting = 1;
    this.#unanswered += 1;
    return () => {
      this.#unanswered -= waiting;
      waiting = 0;
    };
  }

  #learn(ending: Ending, duration: number): void {
    if (this.#failed) return;
    const ruling = rule(ending, this.#judgement, false, this.#breaker);
    this.#failed = ruling.outcome === 'failure';
    if (ruling.outcome === 'ignored') {
      this.#undecided = ruling;
      this.#giveUp();
    } else if (!this.#decided) {
      this.#decided = true;
      this.#permit.settle(ruling, duration);
    } else if (this.#failed) {
      this.#breaker.record(ruling, duration);
    }
    if (this.#failed && ruling.kind === '25006' && 'error' in ending) this.#spoiled = ending.error;
  }

  #ending(release: () => Method, end: () => void): Method {
    const lease = this;
    return function (this: unknown, ...args) {
      end();
      // A primary that became a replica keeps its connections: only new ones find the new primary.
      if (lease.#spoiled && !args[0]) args[0] = lease.#spoiled;
      return release().apply(this, args);
    };
  }

  #end(): void {
    this.#over = true;
    this.#giveUp();
  }

  /** Nothing was learnt and nothing will be: the permit goes back. */
  #giveUp(): void {
    if (this.#decided || !this.#over || this.#unanswered > 0) return;
    this.#decided = true;
    this.#permit.settle(this.#undecided);
  }
}
