import {
  type Breaker,
  createBreaker,
  type Instant,
  join,
  type Millis,
  type RouteRequest,
  type Ruling,
} from '@switchgear/core';
import type { Endpoint } from '../contract/endpoint.ts';
import { Blame } from '../leaf/blame.ts';
import { Leaf, type Surroundings } from '../leaf/leaf.ts';
import { Pace } from '../leaf/pace.ts';
import { LeafRoute, type Listener } from '../leaf/route.ts';
import type { Picker } from '../pick/pick.ts';
import { idsOfTiers, Levels, restWhileShort } from './levels.ts';
import type { Resolved } from './options.ts';
import { Doubt, doubtOf, dueOf, inOrder } from './order.ts';
import { OutlierJudge } from './outliers.ts';
import { refusalOf } from './refusal.ts';

/** How many endpoints are drawn before each is asked in turn. */
const DRAWS = 3;

/** The endpoints of a balancer, and which of them an attempt goes to. */
export class Tree<E extends Endpoint> implements Surroundings, Listener {
  readonly slowStart: Millis;
  readonly now: () => Instant;
  leaves: readonly Leaf<E>[] = [];
  readonly pace: Pace = new Pace();
  readonly #options: Resolved<E>;
  readonly #blame = new Blame();
  readonly #picker: Picker;
  readonly #outliers: OutlierJudge | undefined;
  readonly #levels: Levels<E>;
  #isShort = false;
  #wasOpen = false;

  constructor(options: Resolved<E>, service: Breaker) {
    this.#options = options;
    this.#levels = new Levels(options.zone);
    this.slowStart = options.slowStart;
    this.now = service.clock.now;
    this.#picker = options.pick.start(options.random);
    this.#outliers = options.outliers && new OutlierJudge(options.outliers, this.now());
  }

  /** Makes the leaf of an endpoint. */
  grow(endpoint: E): Leaf<E> {
    const breaker = createBreaker({ ...this.#options.leaf, name: `${this.#options.name}/${endpoint.id}` });
    const leaf = new Leaf(endpoint, breaker, this, this.#blame);
    join(breaker, (_, seat) => {
      leaf.seat = seat;
      return leaf;
    });
    return leaf;
  }

  /** Puts these leaves in the place of those before. */
  plant(leaves: readonly Leaf<E>[]): void {
    for (const leaf of this.leaves) leaf.isPlanted = false;
    for (const leaf of leaves) leaf.isPlanted = true;
    this.leaves = leaves;
    this.#blame.most = leaves.length > 1 ? Math.max(1, Math.floor(this.#options.maxEjected * leaves.length)) : 0;
    this.#blame.ejected = leaves.filter(({ isOpen }) => isOpen).length;
    this.#levels.spoil();
  }

  route({ key, not: tried, barred }: RouteRequest): LeafRoute {
    const at = this.now();
    const isFirst = !tried?.size;
    const not = isFirst ? undefined : barred === 'tier' ? idsOfTiers(this.leaves, tried) : tried;
    this.#outliers?.look(at);
    this.#levels.refresh(this.leaves, at, this.#isShort ? restWhileShort(this.#blame) : Infinity);
    if (isFirst && at >= this.#levels.dueAt) {
      const probe = this.#firstOf(dueOf(this.leaves), at);
      if (probe) return probe;
      this.#levels.spoil();
    }
    const level = this.#levels.choose(this.#options.random);
    for (let draw = 0; level && draw < DRAWS; draw++) {
      const leaf = this.#picker.pick(level.leaves, at, key);
      const route = doubtOf(leaf, not) === Doubt.none ? this.#admitted(leaf, at) : undefined;
      if (route) return route;
    }
    return this.#search(at, not, barred === undefined);
  }

  count(leaf: Leaf, failed: boolean, at: Instant, took: Millis): void {
    let slow = false;
    if (failed) leaf.measures.failed(at, took);
    else slow = leaf.measures.succeeded(at, took);
    this.#blame.count(leaf, at, failed, slow);
    this.pace.count(failed, took, this.#blame.all.calls);
    this.#outliers?.count(leaf, failed, at);
  }

  told(leaf: Leaf, what: NonNullable<Ruling['endpoint']>, at: Instant): void {
    if (what === 'degraded') leaf.degrade(at);
    else leaf.seat?.open({ rule: 'asked' });
  }

  moved(): void {
    this.#levels.spoil();
  }

  /** Whether another level may well do what the first one fails to do: then its failures are not those of the service. */
  get hasSpare(): boolean {
    return this.#levels.all.some(({ isSpare, leaves }) => isSpare && leaves.some((leaf) => this.#blame.isFine(leaf)));
  }

  /** The service has moved. While it refuses calls, ejected endpoints are asked sooner, and once it is back, now. */
  serviceMoved(state: Breaker['state']): void {
    this.#isShort = state !== 'closed';
    this.#levels.spoil();
    if (state === 'open') this.#wasOpen = true;
    if (state !== 'closed' || !this.#wasOpen) return;
    this.#wasOpen = false;
    for (const { isOpen, seat } of this.leaves) if (isOpen) seat?.wake({ rule: 'service' });
  }

  #admitted(leaf: Leaf<E>, at: Instant): LeafRoute | undefined {
    const permit = leaf.breaker.tryAcquire();
    return permit && new LeafRoute(this, leaf, permit, at);
  }

  #firstOf(leaves: Iterable<Leaf<E>>, at: Instant): LeafRoute | undefined {
    for (const leaf of leaves) {
      const route = this.#admitted(leaf, at);
      if (route) return route;
    }
    return undefined;
  }

  /** Asks each endpoint in turn. */
  #search(at: Instant, not: ReadonlySet<string> | undefined, asksAll: boolean): LeafRoute {
    const { leaves } = this;
    const begin = Math.floor(this.#options.random() * leaves.length);
    const route = this.#firstOf(inOrder({ levels: this.#levels.all, leaves, not, asksAll, begin }), at);
    if (route) return route;
    if (this.#options.panic && asksAll) return new LeafRoute(this, leaves[begin] as Leaf<E>, undefined, at);
    throw refusalOf(this.#options.name, leaves, this.#blame.ejected, at);
  }
}
