/** As much of `AsyncLocalStorage` as specs use. */
export interface AsyncStore {
  run<T>(value: string, act: () => T): T;
  getStore(): string | undefined;

  /** Workers have it and refuse it. */
  enterWith(value: string): void;
}

/** A store of its own; nothing where the runtime has no such thing. Imported when asked for: elsewhere there is no such module. */
export async function asyncStore(): Promise<AsyncStore | undefined> {
  try {
    const { AsyncLocalStorage } = await import('node:async_hooks');
    return new AsyncLocalStorage<string>() as AsyncStore;
  } catch {
    return undefined;
  }
}
