import type { Chance } from '../proofs/soak/chance.ts';
import type { Agenda } from './agenda.ts';

/** How a service is at some time. */
export interface Health {
  /** How many calls it works on at once; the others wait in the order they came in. */
  readonly workers: number;

  /** How long it works on a call on average, in milliseconds: exponential, or always as long. */
  readonly takes: number;
  readonly isEven?: boolean;

  /** The share of calls that fail, after a tenth of the time. */
  readonly fails?: number;

  /** Set while nothing comes back at all. */
  readonly hangs?: boolean;
}

/** A service with a queue, which works on for callers who have gone. */
export class Server {
  readonly #agenda: Agenda;
  readonly #now: () => number;
  readonly #chance: Chance;
  readonly #health: (at: number) => Health;
  readonly #waiting: ((isGood: boolean) => void)[] = [];
  #working = 0;
  /** The most calls that were ever there at once, since this was last set to 0. */
  peak = 0;

  constructor(agenda: Agenda, now: () => number, chance: Chance, health: (at: number) => Health) {
    this.#agenda = agenda;
    this.#now = now;
    this.#chance = chance;
    this.#health = health;
  }

  /** A call comes in. One that comes in while the service hangs is lost. */
  call(answer: (isGood: boolean) => void): void {
    if (this.#health(this.#now()).hangs) return;
    this.#waiting.push(answer);
    this.peak = Math.max(this.peak, this.#waiting.length + this.#working);
    this.#work();
  }

  #work(): void {
    const now = this.#now();
    const { workers, takes, isEven = false, fails = 0 } = this.#health(now);
    while (this.#working < workers) {
      const answer = this.#waiting.shift();
      if (!answer) return;
      this.#working++;
      const isGood = this.#chance.next() >= fails;
      const length = (isEven ? takes : this.#chance.after(takes)) / (isGood ? 1 : 10);
      this.#agenda.add(now + length, () => {
        this.#working--;
        if (!this.#health(this.#now()).hangs) answer(isGood);
        this.#work();
      });
    }
  }
}
