import type { Clock, Millis } from '@switchgear/core';
import { requireFunction, requireOptions } from '@switchgear/core/adapter';
import type { Register, Written } from '../ports/register.ts';

interface Entry {
  readonly version: string;
  readonly value: string;
  readonly at: Millis;
  readonly ttl: Millis;
}

/**
 * A register in memory: for tests, and for several `share` in one process. It is also the reference for drivers of real
 * stores, which keep the same rules.
 *
 * @param options.clock the source of time
 * @default options.clock performance
 * @throws {TypeError} if an option is unknown or the clock is not one
 */
export function memoryRegister(options: { readonly clock?: Clock } = {}): Register {
  requireOptions('memoryRegister', options, ['clock']);
  const { clock = performance } = options;
  requireFunction('memoryRegister clock', clock?.now, 'a clock with a method now', clock, 'clock: performance');
  const entries = new Map<string, Entry>();
  const watchers = new Set<(key: string) => void>();
  let writings = 0;

  const writtenAt = (key: string): Written | undefined => {
    const entry = entries.get(key);
    const age = entry ? clock.now() - entry.at : 0;
    if (entry && age < entry.ttl) return { version: entry.version, value: entry.value, age };
    entries.delete(key);
    return undefined;
  };

  return {
    async read(prefix) {
      const found = new Map<string, Written>();
      for (const key of [...entries.keys()]) {
        const written = key.startsWith(prefix) ? writtenAt(key) : undefined;
        if (written) found.set(key, written);
      }
      return found;
    },

    async swap(key, expected, value, ttl) {
      const before = writtenAt(key);
      if (before?.version !== expected) return { won: false, now: before };
      entries.set(key, { version: String(++writings), value, at: clock.now(), ttl });
      for (const tell of watchers) tell(key);
      return { won: true, now: writtenAt(key) };
    },

    watch(prefix, changed) {
      const tell = (key: string): void => {
        if (key.startsWith(prefix)) changed(key, writtenAt(key));
      };
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
  };
}
