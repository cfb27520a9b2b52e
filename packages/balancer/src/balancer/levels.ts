import type { Instant, Millis } from '@switchgear/core';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Blame } from '../leaf/blame.ts';
import type { Leaf } from '../leaf/leaf.ts';
import { MEMORY } from '../leaf/recent.ts';

/** A level carries all calls until less than this share of it is there: 1 / 1.4, as in Envoy. */
const OVERPROVISIONED = 1.4;

/** How long the shares of levels hold, because endpoints do better and worse without moving. */
const HOLDS: Millis = 250;

/** Endpoints that are used alike: those of one tier, in the own zone or in others. */
export interface Level<E extends Endpoint> {
  /** Whether it is used only if an earlier one cannot carry everything. */
  readonly isSpare: boolean;

  /** Those that may be called. */
  readonly leaves: Leaf<E>[];

  /** The share of the calls that go to this level or an earlier one. The last is 1. */
  readonly until: number;
}

/**
 * Sorts the endpoints by tier, and the own zone before others. Each level gets what the ones before cannot carry; an endpoint
 * whose calls fail carries less, by the square as in the cost of a pick, or a level that fails as a whole would have no
 * sibling to be compared with. Sets the weights of the endpoints in their level.
 */
function levelsOf<E extends Endpoint>(leaves: readonly Leaf<E>[], zone: string | undefined, at: Instant): Level<E>[] {
  const groups = new Map<number, Leaf<E>[]>();
  for (const leaf of leaves) {
    const rank = rankOf(leaf, zone);
    const group = groups.get(rank);
    if (group) group.push(leaf);
    else groups.set(rank, [leaf]);
  }
  let left = 1;
  const levels: { leaves: Leaf<E>[]; isSpare: boolean; share: number }[] = [];
  const first = Math.min(...groups.keys());
  for (const [rank, group] of [...groups].sort(([one], [other]) => one - other)) {
    const most = Math.max(...group.map(weightOf));
    let all = 0;
    let there = 0;
    for (const leaf of group) {
      leaf.weight = weightOf(leaf) / most;
      all += leaf.weight;
      if (!leaf.isOpen) there += leaf.weight * leaf.measures.success(at) ** 2;
    }
    const share = Math.min(left, OVERPROVISIONED * (there / all));
    left -= share;
    // One without a share is there for attempts after the first.
    if (there > 0) levels.push({ leaves: group.filter((leaf) => !leaf.isOpen), isSpare: rank > first, share });
  }
  // If together they cannot carry everything, each carries more.
  let sum = 0;
  return levels.map(({ leaves: group, isSpare, share }) => {
    sum += share;
    return { leaves: group, isSpare, until: sum / (1 - left) };
  });
}

/** While the service is short of endpoints, of so many calls one asks whether an ejected one is back. */
const CALLS_A_PROBE = 100;
const LEAST_REST: Millis = 1_000;

/** How long an ejected endpoint may be left alone while the service refuses calls, so that every endpoint is needed. */
export function restWhileShort({ ejected, all }: Blame): Millis {
  return Math.max(LEAST_REST, (ejected * CALLS_A_PROBE * MEMORY) / Math.max(1, all.calls));
}

function rankOf({ endpoint: { tier = 0, zone: own } }: Leaf, zone: string | undefined): number {
  return 2 * tier + (zone === undefined || own === zone ? 0 : 1);
}

function hasRanks([first, ...others]: readonly Leaf[], zone: string | undefined): boolean {
  return first !== undefined && others.some((leaf) => rankOf(leaf, zone) !== rankOf(first, zone));
}

function weightOf({ endpoint }: Leaf): number {
  return endpoint.weight ?? 1;
}

/** The levels as they are now, made anew when a leaf has moved. */
export class Levels<E extends Endpoint> {
  all: readonly Level<E>[] = [];
  /** When the next ejected endpoint may be asked again. */
  dueAt: Instant = Infinity;
  readonly #zone: string | undefined;
  #staleAt: Instant = -Infinity;

  constructor(zone: string | undefined) {
    this.#zone = zone;
  }

  /** A leaf has moved, or there are others. */
  spoil(): void {
    this.#staleAt = -Infinity;
  }

  /** @param longest how long ejected endpoints may be left alone */
  refresh(leaves: readonly Leaf<E>[], at: Instant, longest: Millis): void {
    if (at < this.#staleAt) return;
    this.all = levelsOf(leaves, this.#zone, at);
    this.#staleAt = hasRanks(leaves, this.#zone) ? at + HOLDS : Infinity;
    this.dueAt = Infinity;
    for (const { isOpen, breaker, seat } of leaves) {
      if (isOpen && longest < Infinity) seat?.hold(0, longest);
      if (isOpen) this.dueAt = Math.min(this.dueAt, at + breaker.retryAfter);
    }
  }

  /** The level of an attempt; undefined if all endpoints are ejected. */
  choose(random: () => number): Level<E> | undefined {
    const { all } = this;
    if (all.length <= 1) return all[0];
    const luck = random();
    return all.find(({ until }) => luck < until) ?? all.at(-1);
  }
}

/** The ids of all endpoints in the tiers of these. */
export function idsOfTiers(leaves: readonly Leaf[], ids: ReadonlySet<string>): ReadonlySet<string> {
  const tiers = new Set(leaves.filter(({ id }) => ids.has(id)).map(({ endpoint }) => endpoint.tier ?? 0));
  return new Set(leaves.filter(({ endpoint }) => tiers.has(endpoint.tier ?? 0)).map(({ id }) => id));
}
