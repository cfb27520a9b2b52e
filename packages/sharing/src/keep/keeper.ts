import { type Breaker, type Millis, restore, snapshot } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { KeepStore } from '../ports/keep-store.ts';

/** Storing that takes longer than this will never end. */
const LONGEST_STORING: Millis = 30_000;

/** Keeps one circuit. */
export class Keeper {
  readonly ready: Promise<void> | undefined;
  readonly stop: () => void;
  readonly #breaker: Breaker;
  readonly #store: KeepStore;
  #hasMoved = false;
  #isStale = false;
  #storing: Promise<void> | undefined;
  #storingSince: Millis = -Infinity;

  constructor(breaker: Breaker, store: KeepStore) {
    this.#breaker = breaker;
    this.#store = store;
    this.ready = this.#restore();
    this.stop = breaker.subscribe(({ type }) => {
      if (type !== 'move' && type !== 'mode') return;
      this.#hasMoved = true;
      this.#isStale = true;
      this.#save();
    });
  }

  async saved(): Promise<void> {
    while (this.#storing) await this.#storing;
  }

  /** @returns a promise that never rejects if the store needs time */
  #restore(): Promise<void> | undefined {
    try {
      const found = this.#store.get(this.#breaker.name);
      if (isPromise(found))
        return Promise.resolve(found)
          .then((text) => this.#take(text))
          .catch(this.#report);
      this.#take(found);
    } catch (error) {
      this.#report(error);
    }
    return undefined;
  }

  #take(text: string | null | undefined): void {
    if (text !== undefined && text !== null && !this.#hasMoved) restore(this.#breaker, JSON.parse(text));
  }

  #save(): void {
    const { clock, name } = this.#breaker;
    const isStoring = clock.now() - this.#storingSince < LONGEST_STORING;
    if (!this.#isStale || isStoring) return;
    this.#isStale = false;
    try {
      const ending = this.#store.set(name, JSON.stringify(snapshot(this.#breaker)));
      if (isPromise(ending)) this.#settled(ending);
    } catch (error) {
      this.#report(error);
    }
  }

  #settled(ending: PromiseLike<unknown>): void {
    this.#storingSince = this.#breaker.clock.now();
    const storing = Promise.resolve(ending)
      .then(() => {}, this.#report)
      .then(() => {
        if (this.#storing !== storing) return;
        this.#storing = undefined;
        this.#storingSince = -Infinity;
        this.#save();
      });
    this.#storing = storing;
  }

  readonly #report = (error: unknown): void => this.#breaker.report(error, 'keep');
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof read(value, 'then') === 'function';
}
