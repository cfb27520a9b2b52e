import type { Breaker, BreakerEvent, Registry } from '@switchgear/core';
import { isObject, read } from '@switchgear/core/adapter';

/** As much of a breaker as is observed. */
export type ObservedBreaker = Pick<Breaker, 'name' | 'state' | 'mode' | 'retryAfter' | 'metrics' | 'subscribe'>;

/** As much of a registry as is observed. */
export interface ObservedRegistry extends Iterable<ObservedBreaker>, Pick<Registry, 'subscribe'> {}

/** One breaker, any iterable of breakers, or a registry. */
export type BreakerSource = ObservedBreaker | Iterable<ObservedBreaker> | ObservedRegistry;

/** What is listened to, and with how much care. */
export interface Ear {
  /** Told of each event of each breaker. */
  readonly listener: (event: BreakerEvent) => void;

  /** Whether of each settled call too. */
  readonly outcomes: boolean;

  /** Told of each breaker that is there from now on, before its first event. Of those a registry makes later it is not. */
  readonly joined: (breaker: ObservedBreaker) => void;
}

/** Breakers under observation. */
export interface Observed {
  /** Those there are now, new ones included: they are listened to from here on. */
  breakers(): Iterable<ObservedBreaker>;

  /** Those that are listened to. Looking changes nothing. */
  present(): Iterable<ObservedBreaker>;
  stop(): void;
}

/**
 * Listens to what is there, and to what comes: in a registry from its first event on, in another iterable from the next
 * look at {@link Observed.breakers} on.
 *
 * @throws {TypeError} for what is none of them
 */
export function observe(source: BreakerSource, ear: Ear): Observed {
  if (isRegistry(source)) return observeRegistry(source, ear);
  if (isIterable(source)) return observeMembers(source, ear);
  return observeMembers([source], ear);
}

function observeRegistry(registry: ObservedRegistry, { listener, outcomes, joined }: Ear): Observed {
  for (const breaker of registry) joined(breaker);
  const stop = registry.subscribe(listener, { outcomes });
  return { breakers: () => registry, present: () => registry, stop };
}

function observeMembers(source: Iterable<ObservedBreaker>, { listener, outcomes, joined }: Ear): Observed {
  // An iterator, `map.values()` for one, can be asked once only.
  const isIterator = Object.is(source[Symbol.iterator](), source);
  const members = isIterator ? [...source] : source;
  const subscriptions = new Map<ObservedBreaker, () => void>();

  function breakers(): Iterable<ObservedBreaker> {
    const present = new Set(members);
    present.forEach(requireBreaker);
    for (const [breaker, unsubscribe] of subscriptions) {
      if (present.has(breaker)) continue;
      unsubscribe();
      subscriptions.delete(breaker);
    }
    for (const breaker of present) {
      if (subscriptions.has(breaker)) continue;
      joined(breaker);
      subscriptions.set(breaker, breaker.subscribe(listener, { outcomes }));
    }
    return present;
  }

  breakers();
  return {
    breakers,
    present: () => subscriptions.keys(),
    stop() {
      for (const unsubscribe of subscriptions.values()) unsubscribe();
      subscriptions.clear();
    },
  };
}

function requireBreaker(breaker: unknown): void {
  if (typeof read(breaker, 'metrics') === 'function' && typeof read(breaker, 'subscribe') === 'function') return;
  throw new TypeError(
    `Switchgear: instrumentBreakers takes a breaker, an iterable of breakers or a registry; ${shown(breaker)} is no breaker`,
  );
}

/** Not all objects can be made a text. */
function shown(value: unknown): string {
  return isObject(value) && typeof read(value, 'toString') !== 'function' ? 'an object' : String(value);
}

function isIterable(source: BreakerSource): source is Iterable<ObservedBreaker> {
  return typeof (Object(source) as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

function isRegistry(source: BreakerSource): source is ObservedRegistry {
  return isIterable(source) && typeof (source as Partial<ObservedRegistry>).subscribe === 'function';
}
