import type { Millis } from '@switchgear/core';

/** A stream that has not been heard of for so long is gone, whether or not its host has said so. */
const GONE = 60_000;

/** One of the streams that there may be. */
export interface Place {
  /** The stream is alive. */
  seen(now: Millis): void;
  leave(): void;
}

/** Counts the streams of events. It knows them by the time they were last seen alone, so that none can hold its place for ever. */
export class Streams {
  readonly most: number;
  readonly #seen = new Map<Place, Millis>();

  constructor(most: number) {
    this.most = most;
  }

  /** A place for one more; `undefined` where all are taken. */
  take(now: Millis): Place | undefined {
    if (this.#seen.size >= this.most) this.#letGo(now);
    if (this.#seen.size >= this.most) return undefined;
    const place: Place = {
      seen: (at) => void (this.#seen.has(place) && this.#seen.set(place, at)),
      leave: () => void this.#seen.delete(place),
    };
    this.#seen.set(place, now);
    return place;
  }

  #letGo(now: Millis): void {
    for (const [place, at] of this.#seen) if (Math.abs(now - at) > GONE) this.#seen.delete(place);
  }
}
