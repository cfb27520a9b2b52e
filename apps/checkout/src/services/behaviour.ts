import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from '../process/dice.ts';
import { type Delay, type Mode, SLOW } from './mode.ts';

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
  readonly dice: Dice;
}

/** A service in good health. */
export function createBehaviour({ healthy, workBeforeHang, dice }: BehaviourOptions): Behaviour {
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
        if (dice() < workBeforeHang) work();
        return new Promise(() => undefined);
      }
      const [shortest, longest] = mode === 'slow' ? SLOW : healthy;
      await delay(shortest + dice() * (longest - shortest));
      return work();
    },
  };
}
