import type { AbortState, Breaker, BreakerEvent, Router } from '@switchgear/core';
import type { Endpoint, EndpointRow } from './endpoint.ts';

/** Options of {@link Balancer.run}. */
export interface RunOptions {
  /**
   * What the request is about. `byKey()` sends the same key to the same endpoint.
   *
   * @default undefined
   */
  readonly key?: string | undefined;

  /**
   * The most attempts, each at another endpoint if there is one. Ask for more than 1 only if the call may be repeated.
   *
   * @default 1
   */
  readonly attempts?: number | undefined;

  /**
   * The caller's signal. Once it has fired there is no further attempt; a rejection after that is ignored, or a timeout.
   *
   * @default undefined
   */
  readonly signal?: AbortState | null | undefined;
}

/**
 * Spreads the calls of a service over its endpoints. Iterating gives its breakers: that of the service, then one for each
 * endpoint, named `service/endpoint`.
 */
export interface Balancer<E extends Endpoint = Endpoint> extends Router, Iterable<Breaker> {
  /** The name of the service. */
  readonly name: string;

  /**
   * Makes a request: chooses an endpoint, calls it, and tries others if it fails and `attempts` allow. The service's breaker
   * hears only how the request ends.
   *
   * @param call makes one attempt; the first is number 1
   * @throws {CircuitOpenError} (as a rejection) if the service's breaker refuses, or no endpoint may be called. Otherwise the
   *   call's own error of the last attempt
   */
  run<T>(call: (endpoint: E, attempt: number) => T | PromiseLike<T>, options?: RunOptions): Promise<T>;

  /**
   * Replaces the list of endpoints. Known ids keep what they have learnt, new ones start slowly, and calls under way at
   * removed ones end as they would.
   *
   * @throws {TypeError | RangeError} if an endpoint is invalid or an id occurs twice; nothing has changed then
   */
  update(endpoints: Iterable<E>): void;

  /**
   * Calls the listener after each event of any of its breakers, also of endpoints that come later.
   *
   * @returns a function that ends the subscription
   */
  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void;

  /** How each endpoint stands. */
  rows(): readonly EndpointRow[];
}
