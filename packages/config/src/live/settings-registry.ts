import { type Breaker, type BreakerEvent, createRegistry, type KeyedOptions, type Registry } from '@switchgear/core';
import type { Settings } from '../load/settings.ts';
import { dataFor } from './data-for.ts';

/** Options of {@link settingsRegistry}. */
export interface SettingsRegistryOptions {
  /**
   * Options under those of the file, which only a program can say: `onError`, `classify`, `clock`.
   *
   * @default {}
   */
  readonly base?: KeyedOptions;

  /**
   * The most breakers that are kept: a whole number of at least 1.
   *
   * @default 1_000
   */
  readonly max?: number;
}

/**
 * Makes a registry whose breakers have the settings of a file: options, and also the mode and the state to begin in, which
 * `createRegistry` alone cannot give.
 *
 * @param settings the settings, or a function that returns those in force
 * @throws {TypeError | RangeError} if an option is out of range
 */
export function settingsRegistry(
  settings: Settings | (() => Settings),
  options: SettingsRegistryOptions = {},
): Registry {
  const { base = {}, max } = options;
  const inForce = typeof settings === 'function' ? settings : () => settings;
  /** Keys whose breakers have just been made. */
  const fresh: string[] = [];
  const inner = createRegistry({
    options(key) {
      fresh.push(key);
      return { ...base, ...inForce().options(key) };
    },
    ...(max !== undefined && { max }),
  });
  return new SettingsRegistry(inner, fresh, inForce);
}

class SettingsRegistry implements Registry {
  readonly #inner: Registry;
  readonly #fresh: string[];
  readonly #inForce: () => Settings;

  constructor(inner: Registry, fresh: string[], inForce: () => Settings) {
    this.#inner = inner;
    this.#fresh = fresh;
    this.#inForce = inForce;
  }

  get size(): number {
    return this.#inner.size;
  }

  get(key: string): Breaker {
    const breaker = this.#inner.get(key);
    if (this.#fresh.length > 0) this.#begin();
    return breaker;
  }

  peek(key: string): Breaker | undefined {
    return this.#inner.peek(key);
  }

  delete(key: string): boolean {
    return this.#inner.delete(key);
  }

  [Symbol.iterator](): Iterator<Breaker> {
    return this.#inner[Symbol.iterator]();
  }

  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void {
    return this.#inner.subscribe(listener, options);
  }

  /** Brings new breakers into the mode and the state that the file says. */
  #begin(): void {
    for (const key of this.#fresh.splice(0)) {
      const breaker = this.#inner.peek(key);
      const { mode, initialState } = dataFor(this.#inForce(), key);
      if (initialState === 'open') breaker?.trip();
      if (initialState === 'half-open') breaker?.halfOpen();
      if (mode !== undefined) breaker?.setMode(mode);
    }
  }
}
