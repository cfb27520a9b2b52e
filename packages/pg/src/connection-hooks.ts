import type { Ending } from '@switchgear/core';
import {
  type Instrumentation,
  isObject,
  type Method,
  observeEnding,
  read,
  replaceMethods,
} from '@switchgear/core/adapter';

/** A function in a pool's options that pg calls while it connects. */
export type ConnectionHook = 'password' | 'onConnect';

const HOOKS: readonly ConnectionHook[] = ['password', 'onConnect'];

/** How many rejections or pending calls are remembered. Only checkouts that go through unprotected leave any behind. */
const MAX_REMEMBERED = 100;

/**
 * Observes the user's functions that a pool calls while it connects. A checkout rejects with their errors as if they were
 * the connection's, but a password service that is down is not the database.
 */
export class ConnectionHooks {
  readonly #options: object | undefined;
  readonly #rejections: { readonly hook: ConnectionHook; readonly error: unknown }[] = [];
  /** Calls of `password` that have not ended. */
  readonly #pending: object[] = [];
  readonly #observed = new Map<ConnectionHook, { readonly method: unknown; readonly patch: Instrumentation }>();

  constructor(pool: unknown) {
    const options = read(pool, 'options');
    this.#options = isObject(options) ? options : undefined;
  }

  /** Observes the hooks that are there now; called at each checkout, because options may change at any time. */
  observe(): void {
    if (!this.#options) return;
    for (const hook of HOOKS) {
      const method = read(this.#options, hook);
      if (typeof method !== 'function' || this.#observed.get(hook)?.method === method) continue;
      if (!Object.getOwnPropertyDescriptor(this.#options, hook)?.writable) continue;
      const patch = replaceMethods(this.#options, { [hook]: (original) => this.#observing(hook, original) });
      this.#observed.set(hook, { method: read(this.#options, hook), patch });
    }
  }

  /** The hook that rejected with this error, if one did. Ask once for each checkout that failed. */
  rejectedWith(error: unknown): ConnectionHook | undefined {
    const place = this.#rejections.findIndex((rejection) => Object.is(rejection.error, error));
    return place < 0 ? undefined : this.#rejections.splice(place, 1)[0]?.hook;
  }

  /** Whether a connection that took too long may have waited for a password. Each pending password excuses one. */
  wasPending(): boolean {
    return this.#pending.shift() !== undefined;
  }

  /** Puts the options back as they were. */
  eject(): void {
    for (const { patch } of this.#observed.values()) patch.eject();
    this.#observed.clear();
  }

  #observing(hook: ConnectionHook, original: () => Method): Method {
    const hooks = this;
    return function (this: unknown, ...args) {
      const call = {};
      if (hook === 'password') remember(hooks.#pending, call);
      const observe = (ending: Ending): void => hooks.#ended(hook, call, ending);
      try {
        const answer = original().apply(this, args);
        const isPromise = typeof read(answer, 'then') === 'function';
        if (!isPromise) observe({ value: answer });
        return observeEnding(answer, observe);
      } catch (error) {
        observe({ error });
        throw error;
      }
    };
  }

  #ended(hook: ConnectionHook, call: object, ending: Ending): void {
    const place = this.#pending.indexOf(call);
    if (place >= 0) this.#pending.splice(place, 1);
    if ('error' in ending) remember(this.#rejections, { hook, error: ending.error });
  }
}

function remember<T>(list: T[], item: T): void {
  if (list.length >= MAX_REMEMBERED) list.shift();
  list.push(item);
}
