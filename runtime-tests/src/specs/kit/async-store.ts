/** The part of `AsyncLocalStorage` that specs use. */
export interface AsyncStore {
  run<T>(value: string, act: () => T): T;
  getStore(): string | undefined;

  /** Throws on Workers. */
  enterWith(value: string): void;
}

/** A new store, or `undefined` if the runtime has none. Imported lazily, because the module does not exist everywhere. */
export async function asyncStore(): Promise<AsyncStore | undefined> {
  try {
    const { AsyncLocalStorage } = await import('node:async_hooks');
    return new AsyncLocalStorage<string>() as AsyncStore;
  } catch {
    return undefined;
  }
}
