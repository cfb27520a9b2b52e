import type { Ending } from '@switchgear/core';
import { isObject, read } from '@switchgear/core/adapter';
import { isPromiseLike, observePromise } from './observe-promise.ts';
import { type Method, replaceMethod } from './replace-method.ts';

/** Functions in a pool's options that pg calls while it connects. */
export type OwnFunction = 'password' | 'onConnect';

const NAMES: readonly OwnFunction[] = ['password', 'onConnect'];

/** What a checkout may still ask about. Only checkouts that go unwatched leave anything behind. */
const MAX_REMEMBERED = 100;

interface Rejection {
  readonly by: OwnFunction;
  readonly error: unknown;
}

/**
 * Watches the functions of its user's that a pool calls while it connects. Their errors reach the checkout as if they
 * were the connection's, and a service of passwords that is down is not the database.
 */
export class OwnFunctions {
  readonly #options: object | undefined;
  readonly #rejections: Rejection[] = [];
  /** Passwords that were asked for and have not come. */
  readonly #awaited: object[] = [];
  readonly #watched = new Map<OwnFunction, { readonly method: unknown; readonly restore: () => void }>();

  constructor(pool: unknown) {
    const options = read(pool, 'options');
    this.#options = isObject(options) ? options : undefined;
  }

  /** Watches what is there now: options may be changed at any time. */
  watch(): void {
    if (!this.#options) return;
    for (const name of NAMES) {
      const method = read(this.#options, name);
      if (typeof method !== 'function' || this.#watched.get(name)?.method === method) continue;
      if (!Object.getOwnPropertyDescriptor(this.#options, name)?.writable) continue;
      const restore = replaceMethod(this.#options, name, (original) => this.#observed(name, original));
      this.#watched.set(name, { method: read(this.#options, name), restore });
    }
  }

  /** Which of them rejected with this error, if one did. Asked once for each checkout that failed. */
  rejectedBy(error: unknown): OwnFunction | undefined {
    const place = this.#rejections.findIndex((rejection) => Object.is(rejection.error, error));
    return place < 0 ? undefined : this.#rejections.splice(place, 1)[0]?.by;
  }

  /** Whether a connection that took too long may have waited for a password. Each password excuses one. */
  wasAwaited(): boolean {
    return this.#awaited.shift() !== undefined;
  }

  /** Leaves the options as they were. */
  restore(): void {
    for (const { restore } of this.#watched.values()) restore();
    this.#watched.clear();
  }

  #observed(by: OwnFunction, original: () => Method): Method {
    const owner = this;
    return function (this: unknown, ...args) {
      const request = {};
      if (by === 'password') remember(owner.#awaited, request);
      const hear = (ending: Ending): void => owner.#settle(by, request, ending);
      try {
        const answer = original().apply(this, args);
        if (!isPromiseLike(answer)) hear({ value: answer });
        return observePromise(answer, hear);
      } catch (error) {
        hear({ error });
        throw error;
      }
    };
  }

  #settle(by: OwnFunction, request: object, ending: Ending): void {
    const place = this.#awaited.indexOf(request);
    if (place >= 0) this.#awaited.splice(place, 1);
    if ('error' in ending) remember(this.#rejections, { by, error: ending.error });
  }
}

function remember<T>(list: T[], item: T): void {
  if (list.length >= MAX_REMEMBERED) list.shift();
  list.push(item);
}
