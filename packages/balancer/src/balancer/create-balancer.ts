import {
  type Breaker,
  type BreakerEvent,
  createBreaker,
  join,
  type KeyedOptions,
  type RouteRequest,
  type Router,
} from '@switchgear/core';
import { requireFunction } from '@switchgear/core/adapter';
import type { Balancer, RunOptions } from '../contract/balancer.ts';
import type { Endpoint, EndpointRow } from '../contract/endpoint.ts';
import type { Leaf } from '../leaf/leaf.ts';
import type { LeafRoute } from '../leaf/route.ts';
import { endpointsOf } from './endpoints.ts';
import { type BalancerOptions, type Resolved, resolveOptions } from './options.ts';
import { attemptAll, type Requested, requireRun } from './request.ts';
import { endpointRow } from './rows.ts';
import { Tree } from './tree.ts';

/** How many removed endpoints are remembered, in case they come back. */
const REMEMBERED = 256;

const ANY: RouteRequest = {};

/**
 * Makes a balancer: a breaker for each endpoint of a service and one for the whole. An endpoint is ejected only if its
 * siblings do better; otherwise the failures are the service's.
 *
 * @throws {TypeError | RangeError} if an option or an endpoint is invalid
 * @example
 * ```ts
 * const search = createBalancer({ name: 'search', endpoints: [{ id: 'a', url: 'http://10.0.0.1' }, { id: 'b', url: 'http://10.0.0.2' }] });
 * await search.run(({ url }) => fetch(`${url}/find?q=shoes`), { attempts: 2 });
 * ```
 */
export function createBalancer<E extends Endpoint>(options: BalancerOptions<E>): Balancer<E> {
  return new TreeBalancer(resolveOptions(options));
}

/** A listener, and how to end its subscription to each breaker. */
interface Subscription {
  readonly listener: (event: BreakerEvent) => void;
  readonly options: { readonly outcomes?: boolean } | undefined;
  readonly ends: (() => void)[];
}

class TreeBalancer<E extends Endpoint> implements Balancer<E>, Requested<LeafRoute> {
  readonly name: string;
  readonly service: Breaker;
  readonly retries: Router['retries'];
  readonly classify: KeyedOptions['classify'];
  readonly #tree: Tree<E>;
  readonly #removed = new Map<string, Leaf<E>>();
  readonly #subscriptions = new Set<Subscription>();

  constructor(options: Resolved<E>) {
    const { name, leaf, service, endpoints, retries } = options;
    this.name = name;
    this.classify = leaf.classify;
    this.retries = retries;
    this.service = createBreaker({ ...(leaf.classify && { classify: leaf.classify }), ...service, name });
    this.#tree = new Tree(options, this.service);
    this.#update(endpoints, false);
    // What made the service fail may be what made its endpoints fail.
    join(this.service, () => ({
      moved: () => this.#tree.serviceMoved(this.service.state),
      consents: () => !this.#tree.hasSpare,
    }));
  }

  route(request: RouteRequest = ANY): LeafRoute {
    return this.#tree.route(request);
  }

  run<T>(call: (endpoint: E, attempt: number) => T | PromiseLike<T>, options: RunOptions = {}): Promise<T> {
    requireFunction('run', call);
    requireRun(options);
    const made = (route: LeafRoute, number: number) => call(route.leaf.endpoint as E, number);
    return this.service.run(() => attemptAll<T, LeafRoute>(this, made, options), { signal: options.signal });
  }

  update(endpoints: Iterable<E>): void {
    this.#update(endpointsOf(endpoints), true);
  }

  rows(): readonly EndpointRow[] {
    const at = this.#tree.now();
    return this.#tree.leaves.map((leaf) => endpointRow(leaf, at));
  }

  subscribe(listener: (event: BreakerEvent) => void, options?: { readonly outcomes?: boolean }): () => void {
    requireFunction('subscribe', listener);
    const subscription = { listener, options, ends: [] as (() => void)[] };
    for (const breaker of [...this, ...this.#forgotten()]) subscription.ends.push(breaker.subscribe(listener, options));
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
      for (const end of subscription.ends) end();
    };
  }

  *[Symbol.iterator](): Iterator<Breaker> {
    yield this.service;
    for (const { breaker } of this.#tree.leaves) yield breaker;
  }

  *#forgotten(): Iterable<Breaker> {
    for (const { breaker } of this.#removed.values()) yield breaker;
  }

  #update(endpoints: readonly E[], slowly: boolean): void {
    const { leaves: before, now } = this.#tree;
    const known = new Map([...this.#removed, ...before.map((leaf) => [leaf.id, leaf] as const)]);
    const present = new Set(before);
    const leaves = endpoints.map((endpoint) => {
      const leaf = known.get(endpoint.id) ?? this.#grow(endpoint);
      if (slowly && !present.has(leaf)) leaf.starts(now());
      leaf.endpoint = endpoint;
      leaf.to = String(endpoint.url ?? endpoint.id);
      this.#removed.delete(leaf.id);
      return leaf;
    });
    const kept = new Set(leaves);
    for (const leaf of before) if (!kept.has(leaf)) this.#removed.set(leaf.id, leaf);
    for (const id of this.#removed.keys()) if (this.#removed.size > REMEMBERED) this.#removed.delete(id);
    this.#tree.plant(leaves);
  }

  #grow(endpoint: E): Leaf<E> {
    const leaf = this.#tree.grow(endpoint);
    for (const { listener, options, ends } of this.#subscriptions) ends.push(leaf.breaker.subscribe(listener, options));
    return leaf;
  }
}
