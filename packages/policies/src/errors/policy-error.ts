import type { Ruling } from '@switchgear/core';
import { behind } from './behind.ts';

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
  return behind(error, (seen) => '@switchgear/ruling' in seen && seen['code'] === code) !== undefined;
}

/** Fulfilled when the work behind an error has ended; `undefined` where it ended with the error. */
export function endOfWork(error: unknown): Promise<void> | undefined {
  return behind(error, (seen) => seen['@switchgear/ended'] !== undefined)?.['@switchgear/ended'] as Promise<void>;
}

/** The ruling that an error of ours brings, or one of ours behind it. */
export function rulingBehind(error: unknown): Ruling | undefined {
  return behind(error, (seen) => seen['@switchgear/ruling'] !== undefined)?.['@switchgear/ruling'] as
    | Ruling
    | undefined;
}
