import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../process/random.ts';

/** What a service does at the moment, and how often it was called while it did. */
export interface Behaviour {
  readonly mode: Mode;

  /** Calls the service itself counted, by the mode it was in: requests it read, and connections it reset. */
  readonly calls: Readonly<Record<Mode, number>>;

  setMode(mode: Mode): void;
  countCall(): void;

  /** Does the work in the manner of the present mode. While hanging it does not come back. */
  perform<T>(work: () => T): Promise<T>;
}

/** Options of {@link createBehaviour}. */
export interface BehaviourOptions {
  /** How long an answer usually takes. */
  readonly healthy: Delay;

  /** From 0 to 1: how many of the requests that will hang are carried out first. */
  readonly workBeforeHang: number;
  readonly random: Random;
}

/** A service in good health. */
export function createBehaviour({ healthy, workBeforeHang, random }: BehaviourOptions): Behaviour {
  const calls: Record<Mode, number> = { healthy: 0, slow: 0, hang: 0, refuse: 0 };
  let mode: Mode = 'healthy';
  return {
    calls,
    get mode() {
      return mode;
    },
    setMode(next) {
      mode = next;
    },
    countCall() {
      calls[mode] += 1;
    },
    async perform(work) {
      if (mode === 'hang' || mode === 'refuse') {
        if (random() < workBeforeHang) work();
        return new Promise(() => undefined);
      }
      const [shortest, longest] = mode === 'slow' ? SLOW : healthy;
      await delay(shortest + random() * (longest - shortest));
      return work();
    },
  };
}

/**
 * How a service behaves.
 *
 * - `healthy`: answers as fast as it usually does.
 * - `slow`: answers, but only after 700 to 1300 ms.
 * - `hang`: takes requests and never answers them. Some it carries out first, which is the cruel part.
 * - `refuse`: accepts connections and resets them at once.
 */
export type Mode = 'healthy' | 'slow' | 'hang' | 'refuse';

/** All of them. */
export const MODES: readonly Mode[] = ['healthy', 'slow', 'hang', 'refuse'];

/** The modes in which nobody gets an answer. */
export const DEAD: readonly Mode[] = ['hang', 'refuse'];

/** Shortest and longest time to an answer, in milliseconds. */
export type Delay = readonly [shortest: number, longest: number];

/** That of a slow service. */
export const SLOW: Delay = [700, 1_300];
