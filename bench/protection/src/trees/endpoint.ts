import { exponentialDraw, type Random } from '../random/random-stream.ts';
import { Queue } from '../simulation/queue.ts';

/** What is wrong with an endpoint. */
export type Trouble =
  | { readonly kind: 'refuses' }
  | { readonly kind: 'hangs' }
  /** This share of the calls fails at once. */
  | { readonly kind: 'fails'; readonly share: number }
  /** How many times as long answers take. */
  | { readonly kind: 'slow'; readonly times: number };

/** How many calls it works on at once, and how long one takes on average: 160 calls a second. */
const SERVERS = 4;
const SERVICE = 25;
/** Milliseconds until a refusal or an error is back. */
const FAILS_WITHIN = 1;

/** One server behind a queue. Calls that the client has given up stay in the queue. */
export class Endpoint {
  readonly #after: (ms: number, act: () => void) => void;
  readonly #random: Random;
  readonly #queue = new Queue<(succeeded: boolean) => void>();
  #working = 0;
  #trouble: Trouble | undefined;

  constructor(after: (ms: number, act: () => void) => void, random: Random) {
    this.#after = after;
    this.#random = random;
  }

  change(trouble: Trouble | undefined): void {
    this.#trouble = trouble;
    this.#fill();
  }

  receive(end: (succeeded: boolean) => void): void {
    const trouble = this.#trouble;
    const fails = trouble?.kind === 'refuses' || (trouble?.kind === 'fails' && this.#random() < trouble.share);
    if (fails) this.#after(FAILS_WITHIN, () => end(false));
    // A call that hangs gets no answer, also not later.
    else if (trouble?.kind !== 'hangs') {
      this.#queue.add(end);
      this.#fill();
    }
  }

  #fill(): void {
    while (this.#working < SERVERS && this.#queue.length > 0) {
      const end = this.#queue.take();
      this.#working++;
      const slower = this.#trouble?.kind === 'slow' ? this.#trouble.times : 1;
      this.#after(SERVICE * slower * exponentialDraw(this.#random), () => {
        this.#working--;
        end(true);
        this.#fill();
      });
    }
  }
}
