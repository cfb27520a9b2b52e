import type { Endpoint } from '../contract/endpoint.ts';
import type { Leaf } from '../leaf/leaf.ts';
import type { Level } from './levels.ts';

/** What speaks against an endpoint for an attempt. */
export const Doubt = { none: 0, recovers: 1, tried: 2 } as const;
export type Doubt = (typeof Doubt)[keyof typeof Doubt];

/**
 * Nothing speaks against an endpoint for a first attempt, which may be a probe. A further attempt that became a probe could be
 * lost as the one before was.
 *
 * @param not where the request has been already; undefined for its first attempt
 */
export function doubtOf({ id, breaker }: Leaf, not: ReadonlySet<string> | undefined): Doubt {
  if (!not) return Doubt.none;
  if (not.has(id)) return Doubt.tried;
  return breaker.state === 'closed' ? Doubt.none : Doubt.recovers;
}

/** The ejected endpoints that may be asked whether they are back. */
export function* dueOf<E extends Endpoint>(leaves: readonly Leaf<E>[]): Generator<Leaf<E>> {
  for (const leaf of leaves) if (leaf.isOpen && leaf.breaker.retryAfter <= 0) yield leaf;
}

/** What {@link inOrder} goes by. */
export interface Order<E extends Endpoint> {
  readonly levels: readonly Level<E>[];
  readonly leaves: readonly Leaf<E>[];
  readonly not: ReadonlySet<string> | undefined;

  /** Whether an endpoint may be tried again that the request has tried. */
  readonly asksAll: boolean;

  /** Which of a level comes first. */
  readonly begin: number;
}

/** The endpoints that may admit an attempt, each level's in turn: those that nothing speaks against, and then the others. */
export function* inOrder<E extends Endpoint>({ levels, leaves, not, asksAll, begin }: Order<E>): Generator<Leaf<E>> {
  function* ofLevels(doubt: Doubt): Generator<Leaf<E>> {
    for (const { leaves: all } of levels) {
      for (let i = 0; i < all.length; i++) {
        const leaf = all[(begin + i) % all.length] as Leaf<E>;
        if (!leaf.isOpen && doubtOf(leaf, not) === doubt) yield leaf;
      }
    }
  }

  yield* ofLevels(Doubt.none);
  if (!not) return;
  yield* ofLevels(Doubt.recovers);
  for (const leaf of dueOf(leaves)) if (!not.has(leaf.id)) yield leaf;
  if (asksAll) yield* ofLevels(Doubt.tried);
}
