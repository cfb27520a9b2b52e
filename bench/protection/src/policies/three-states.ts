import type { Caller, Guard } from './policy.ts';

/** The differences between breakers of three states. */
export interface Rules {
  /** A call has ended while closed. @returns whether to open */
  judge(succeeded: boolean, at: number): boolean;

  /** Forgets all calls. */
  clear(): void;

  /** Milliseconds. */
  readonly openFor: number;

  /** Calls let through while half-open, and the share of failures among them at which it opens again. */
  readonly probes: number;
  readonly rate: number;
}

/**
 * Closed, open, half-open, as published breakers have it. Outcomes of
 * calls that began before the last move do not count.
 */
export class ThreeStates implements Guard {
  readonly #rules: Rules;
  #state: 'closed' | 'open' | 'half-open' = 'closed';
  #openedAt = 0;
  #era = 0;
  #sent = 0;
  #ended = 0;
  #failed = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  ask(caller: Caller, at: number): void {
    if (this.#state === 'open' && at >= this.#openedAt + this.#rules.openFor) {
      this.#move('half-open');
      this.#sent = this.#ended = this.#failed = 0;
    }
    if (this.#state === 'open' || (this.#state === 'half-open' && this.#sent >= this.#rules.probes)) {
      caller.refuse();
      return;
    }
    this.#sent++;
    caller.proceed(this.#era);
  }

  settle(era: unknown, succeeded: boolean, at: number): void {
    if (era !== this.#era) return;
    if (this.#state === 'half-open') this.#probed(succeeded, at);
    else if (this.#rules.judge(succeeded, at)) this.#open(at);
  }

  #probed(succeeded: boolean, at: number): void {
    this.#ended++;
    if (!succeeded) this.#failed++;
    if (this.#ended < this.#rules.probes) return;
    if (this.#failed / this.#ended >= this.#rules.rate) {
      this.#open(at);
      return;
    }
    this.#rules.clear();
    this.#move('closed');
  }

  #open(at: number): void {
    this.#openedAt = at;
    this.#move('open');
  }

  #move(state: 'closed' | 'open' | 'half-open'): void {
    this.#state = state;
    this.#era++;
  }
}
