import type { CallOptions, RetryOwner } from '../call/call.ts';

/** Lets retries see each other, so that of several around one call only the outermost retries. */
export interface RetryOwnership {
  /**
   * Calls a function in the scope of an owner, which lasts until its promise settles. Inside, each `retry` of this package makes
   * its call once. If there is an owner already, that one stays, and `fn` receives it.
   *
   * The scope is an `AsyncLocalStorage` where the runtime offers one (Node 20.16 and later, Deno, Bun, Workers with
   * `nodejs_compat`); elsewhere pass the owner on, as the option `retryOwner` of a call.
   *
   * @param name says who retries
   * @param options those of the call, which may name an owner
   * @example
   * ```ts
   * await retryOwner.run('p-retry', () => pRetry(() => charge(order)));
   * ```
   */
  run<T>(name: string, fn: (owner: RetryOwner) => T | PromiseLike<T>, options?: OwnerOption): Promise<T>;

  /**
   * The owner in scope, for code that retries: if there is one, it should make its call once.
   *
   * @param options those of the call, which may name an owner
   */
  current(options?: OwnerOption): RetryOwner | undefined;
}

type OwnerOption = Pick<CallOptions, 'retryOwner'>;

/** See {@link RetryOwnership}. */
export const retryOwner: RetryOwnership = {
  async run(name, fn, options) {
    const present = retryOwner.current(options);
    if (present) return await fn(present);
    const owner = { name, isActive: true };
    const scope = scopeOf();
    try {
      return await (scope ? scope.run(owner, () => fn(owner)) : fn(owner));
    } finally {
      owner.isActive = false;
    }
  },

  current(options) {
    const owner = options?.retryOwner ?? scopeOf()?.getStore();
    return owner?.isActive ? owner : undefined;
  },
};

/** What is used of an `AsyncLocalStorage`. */
interface Scope {
  getStore(): RetryOwner | undefined;
  run<T>(owner: RetryOwner, fn: () => T): T;
}

interface NodeLike {
  readonly getBuiltinModule?: (name: string) => { readonly AsyncLocalStorage: new () => Scope } | undefined;
}

/** Where the scope is kept, so that every copy of this package, and both its builds, find the same one. */
const SCOPE = Symbol.for('@switchgear/retry-owner');

/** What was found; `null` if the runtime offers no `AsyncLocalStorage`. */
let found: Scope | null | undefined;

function scopeOf(): Scope | null {
  if (found === undefined) found = findScope() ?? null;
  return found;
}

/** Asked for by name, because an import of `node:async_hooks` would fail in browsers. */
function findScope(): Scope | undefined {
  const shared = globalThis as { [SCOPE]?: Scope; process?: NodeLike };
  if (shared[SCOPE]) return shared[SCOPE];
  try {
    const hooks = shared.process?.getBuiltinModule?.('node:async_hooks');
    const scope = hooks && new hooks.AsyncLocalStorage();
    if (scope) Object.defineProperty(globalThis, SCOPE, { value: scope, configurable: true });
    return scope;
  } catch {
    // The global object is frozen: owners are then seen only where a call's options are passed on.
    return undefined;
  }
}
