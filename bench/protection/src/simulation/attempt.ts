import type { Caller, Guard } from '../policies/policy.ts';

/** Receives the answers of a policy. */
export interface Owner {
  proceed(attempt: Attempt): void;
  refuse(attempt: Attempt): void;
}

/**
 * One call of a request, from the request for a permit to its end. Its random numbers are drawn when it is created, the
 * same for every policy.
 */
export class Attempt implements Caller {
  readonly #owner: Owner;

  /** Which request it belongs to, and which of that request's attempts it is, from 0. */
  readonly request: number;
  readonly number: number;

  /** Decide whether it fails by error or by a shard: from 0 to 1. */
  readonly luck: number;
  readonly shard: number;

  /** How much work it is, in mean service times. */
  readonly work: number;

  /** When the call was made; `NaN` before. */
  startedAt = Number.NaN;

  /** Who was asked. */
  declare guard: Guard;

  /** The pass of the policy, which it gets back at the end. */
  pass: unknown = undefined;

  /** Whether the policy has answered, and whether the call has ended. A timeout is an end too. */
  decided = false;
  over = false;

  constructor(owner: Owner, request: number, number: number, luck: number, shard: number, work: number) {
    this.#owner = owner;
    this.request = request;
    this.number = number;
    this.luck = luck;
    this.shard = shard;
    this.work = work;
  }

  /** Decides which instance makes it, from 0 to 1: the last digits of a number whose first decide other things. */
  get place(): number {
    return (this.shard * 1e6) % 1;
  }

  proceed(pass?: unknown): void {
    this.#decide();
    this.pass = pass;
    this.#owner.proceed(this);
  }

  refuse(): void {
    this.#decide();
    this.#owner.refuse(this);
  }

  #decide(): void {
    if (this.decided) throw new Error('a caller was answered twice');
    this.decided = true;
  }
}
