import type { Caller } from '../policies/policy.ts';

/** Who is told what a policy has answered. */
export interface Owner {
  proceed(attempt: Attempt): void;
  refuse(attempt: Attempt): void;
}

/**
 * One call of a request, from asking for leave to its end. Its chances are drawn when it is made, the same for every
 * policy.
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

  /** What the policy gave along, to have it back at the end. */
  pass: unknown = undefined;

  /** Whether it was answered, by the policy and by the service. Giving up is an answer too. */
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
