import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../process/random.ts';

/** How a service behaves, and how often it was called in each mode. */
export interface Behaviour {
  readonly mode: Mode;

  /** Calls counted by the service, by mode: requests it read, and connections it reset. */
  readonly calls: Readonly<Record<Mode, number>>;

  setMode(mode: Mode): void;
  countCall(): void;

  /** Does the work as the current mode demands. While hanging it never resolves. */
  perform<T>(work: () => T): Promise<T>;
}

/** Options of {@link createBehaviour}. */
export interface BehaviourOptions {
  /** How long an answer usually takes. */
  readonly healthy: Delay;

  /** From 0 to 1: the share of hanging requests that are carried out all the same. */
  readonly workBeforeHang: number;
  readonly random: Random;
}

/** Creates a healthy service. */
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
 * - `healthy`: answers at its usual speed.
 * - `slow`: answers, but only after 700 to 1300 ms.
 * - `hang`: takes requests and never answers them. Some are carried out all the same, so a charge may have been made.
 * - `refuse`: accepts connections and resets them at once.
 */
export type Mode = 'healthy' | 'slow' | 'hang' | 'refuse';

/** All modes. */
export const MODES: readonly Mode[] = ['healthy', 'slow', 'hang', 'refuse'];

/** The modes in which no request is answered. */
export const DEAD: readonly Mode[] = ['hang', 'refuse'];

/** Shortest and longest time to an answer, in milliseconds. */
export type Delay = readonly [shortest: number, longest: number];

/** The delay of a slow service. */
export const SLOW: Delay = [700, 1_300];
