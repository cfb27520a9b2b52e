import type { Ruling } from '@switchgear/core';
import { branchesOf, findBehind, isObject, limitFrames, read, readText } from '@switchgear/core/adapter';

const RULING = '@switchgear/ruling';

/** The base of all errors of this package. */
export abstract class PolicyError extends Error {
  /** Tells the kinds of errors apart, also across copies of this package. It does not change between versions. */
  abstract readonly code: string;

  /** What the error says about the dependency, for breakers of any copy of core. */
  abstract get '@switchgear/ruling'(): Ruling;

  /** Fulfilled when the work behind the error has ended, for other copies of this package. */
  get '@switchgear/ended'(): Promise<void> | undefined {
    return undefined;
  }
}

/** Whether an error with this code, from any copy of this package, is behind the error. */
export function isBehind(error: unknown, code: string): boolean {
  return findBehind(error, (link) => readText(link, 'code') === code && isObject(read(link, RULING))) !== undefined;
}

/**
 * Fulfilled when all work behind an error has ended; several pieces of work may have been abandoned. `undefined` if the work
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

/**
 * Makes an error without capturing a stack: a timer or a full bulkhead has no useful caller, and an outage throws many. In a
 * frozen realm the limit cannot be set, so the stack is captured.
 */
export function withoutStack<Made>(make: () => Made): Made {
  const before = limitFrames(0);
  try {
    return make();
  } finally {
    limitFrames(before);
  }
}
