import type { Ruling } from '@switchgear/core';
import { branchesOf, findBehind, isObject, read, readText } from '@switchgear/core/adapter';

const RULING = '@switchgear/ruling';

/** What all errors of this package have in common. */
export abstract class PolicyError extends Error {
  /** Stable. */
  abstract readonly code: string;

  /** For breakers of any copy of core: what the error says about the dependency. */
  abstract get '@switchgear/ruling'(): Ruling;

  /** For other copies of this package: fulfilled when the work behind the error has ended. */
  get '@switchgear/ended'(): Promise<void> | undefined {
    return undefined;
  }
}

/** Whether an error of ours with that code, from whatever copy of this package, is behind the error. */
export function isBehind(error: unknown, code: string): boolean {
  return findBehind(error, (link) => readText(link, 'code') === code && isObject(read(link, RULING))) !== undefined;
}

/**
 * Fulfilled when all work behind an error has ended, several pieces of it where several were given up; `undefined` where it
 * ended with the error. It never rejects.
 */
export function endOfWork(error: unknown): Promise<unknown> | undefined {
  if (!isObject(error)) return undefined;
  const ends = new Set(
    branchesOf(error)
      .flat()
      .map((link) => read(link, '@switchgear/ended')),
  );
  const pending = [...ends].filter((end) => typeof read(end, 'then') === 'function');
  return pending.length > 0 ? Promise.allSettled(pending) : undefined;
}
