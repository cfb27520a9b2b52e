import type { Instant, Millis, Outcome, Permit, Route, Ruling } from '@switchgear/core';
import type { Leaf } from './leaf.ts';

/** Who is told how attempts end. */
export interface Listener {
  now(): Instant;
  count(leaf: Leaf, failed: boolean, at: Instant, took: Millis): void;
  told(leaf: Leaf, what: NonNullable<Ruling['endpoint']>, at: Instant): void;
}

/** A route is its own permit, so that an attempt costs one object besides the breaker's permit. */
export class LeafRoute implements Route, Permit {
  readonly leaf: Leaf;
  readonly #permit: Permit | undefined;
  readonly #listener: Listener;
  readonly #at: Instant;
  readonly #era: number;
  #isSettled = false;

  /** @param permit undefined in a panic: then the outcome only changes metrics */
  constructor(listener: Listener, leaf: Leaf, permit: Permit | undefined, at: Instant) {
    this.leaf = leaf;
    this.#permit = permit;
    this.#listener = listener;
    this.#at = at;
    this.#era = leaf.era;
    leaf.begun(at);
  }

  get id(): string {
    return this.leaf.id;
  }

  get to(): string {
    return this.leaf.to;
  }

  get permit(): Permit {
    return this;
  }

  get probe(): boolean {
    return this.#permit?.probe ?? false;
  }

  settle(ruling: Outcome | Ruling, duration?: Millis): void {
    if (this.#isSettled) return;
    const { leaf } = this;
    const at = this.#listener.now();
    const took = duration ?? Math.max(0, at - this.#at);
    // Checks its arguments first, and leaves the permit unsettled if they are wrong.
    if (this.#permit) this.#settleLeaf(this.#permit, ruling, took, at);
    else leaf.breaker.record(ruling, took);
    this.#isSettled = true;
    leaf.ended(this.#era, at);
    if (typeof ruling !== 'string' && ruling.endpoint !== undefined) this.#listener.told(leaf, ruling.endpoint, at);
  }

  /** What is learnt comes first: the breaker may ask for it before it opens. */
  #settleLeaf(permit: Permit, ruling: Outcome | Ruling, took: Millis, at: Instant): void {
    const outcome = typeof ruling === 'string' ? ruling : ruling?.outcome;
    if (took >= 0 && (outcome === 'success' || outcome === 'failure')) {
      this.#listener.count(this.leaf, outcome === 'failure', at, took);
    }
    permit.settle(ruling, took);
  }
}
