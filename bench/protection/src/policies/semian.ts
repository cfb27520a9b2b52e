import type { Policy } from './policy.ts';

/** Milliseconds: between two updates, and how far back outcomes count. */
const INTERVAL = 1_000;
const WINDOW = 10_000;
/** Outcomes of each kind that are kept: 200 for each second of the window. */
const KEPT = 2_000;

/** Gains of the controller; that of the derivative is 0. And the bound of the integral, both ways. */
const PROPORTIONAL = 1;
const INTEGRAL = 0.2;
const MOST_INTEGRAL = 10;

/** The share of errors that counts as normal: where it begins, and what is too high to learn from. */
const BEGINNING = 0.05;
const TOO_HIGH = 0.1;
/** How fast it follows upwards and downwards: for the first half hour of updates, and later. */
const YOUNG = 1_800;
const WHILE_YOUNG = { up: 0.017, down: 0.095 };
const LATER = { up: 0.0083, down: 0.049 };

/**
 * The adaptive circuit breaker of Shopify's semian, from the description of its pull request 760 and what its sources
 * name: each second a controller changes the share of calls to refuse, by how far the share of errors is above normal.
 *
 * The description has no numbers. The gains are those of one of its tests, which may differ from those of a release; its
 * dead zone, which is younger and whose default could not be found, is left out.
 */
export const semian: Policy = {
  name: 'semian adaptive',
  kind: 'peer',
  about: 'written anew from Shopify/semian#760; the description has no numbers, so the gains are those of its tests',
  hasWindow: true,
  start({ random }) {
    const successes = new Recent();
    const errors = new Recent();
    let updates = 0;
    let normal = BEGINNING;
    let learned = 0;
    let integral = 0;
    let refused = 0;
    const update = (at: number): void => {
      const failed = errors.since(at - WINDOW);
      const calls = failed + successes.since(at - WINDOW);
      const share = calls > 0 ? failed / calls : 0;
      if (share <= TOO_HIGH) {
        const pace = ++learned < YOUNG ? WHILE_YOUNG : LATER;
        normal += (share > normal ? pace.up : pace.down) * (share - normal);
      }
      const above = share - normal;
      const pressure = above - (1 - above) * refused;
      integral += pressure;
      refused = Math.min(1, Math.max(0, refused + PROPORTIONAL * pressure + INTEGRAL * integral));
      integral = Math.min(MOST_INTEGRAL, Math.max(-MOST_INTEGRAL, integral));
    };
    const catchUp = (at: number): void => {
      while ((updates + 1) * INTERVAL <= at) update(++updates * INTERVAL);
    };
    return {
      ask(caller, at) {
        catchUp(at);
        if (random() < refused) caller.refuse();
        else caller.proceed();
      },
      settle(_pass, succeeded, at) {
        catchUp(at);
        (succeeded ? successes : errors).add(at);
      },
    };
  },
};

/** Times of the last outcomes of one kind. */
class Recent {
  #times: number[] = [];
  #begin = 0;

  add(at: number): void {
    this.#times.push(at);
    if (this.#times.length - this.#begin > KEPT) this.#begin++;
    if (this.#begin > KEPT) this.#tidy();
  }

  /** How many there were since then. Forgets those before. */
  since(at: number): number {
    while (this.#begin < this.#times.length && (this.#times[this.#begin] as number) < at) this.#begin++;
    return this.#times.length - this.#begin;
  }

  #tidy(): void {
    this.#times = this.#times.slice(this.#begin);
    this.#begin = 0;
  }
}
