import type { Millis } from '@switchgear/core';

/** A stream without a sign of life for this long is considered gone, in milliseconds. */
const GONE = 60_000;

/** The slot of a stream. */
export interface Place {
  /** The stream is alive. */
  seen(now: Millis): void;
  leave(): void;
}

/** Limits the number of event streams. Streams that are no longer seen lose their slot, so none can hold it forever. */
export class Streams {
  readonly most: number;
  readonly #seen = new Map<Place, Millis>();

  constructor(most: number) {
    this.most = most;
  }

  /** A free slot; `undefined` if all are taken. */
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
