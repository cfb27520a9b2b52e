import type { Breaker, BreakerEvent, Registry } from '@switchgear/core';
import { isObject, read } from '@switchgear/core/adapter';

/** The part of a breaker that is observed. */
export type ObservedBreaker = Pick<Breaker, 'name' | 'state' | 'mode' | 'retryAfter' | 'metrics' | 'subscribe'>;

/** The part of a registry that is observed. */
export interface ObservedRegistry extends Iterable<ObservedBreaker>, Pick<Registry, 'subscribe'> {}

/** One breaker, any iterable of breakers, or a registry. */
export type BreakerSource = ObservedBreaker | Iterable<ObservedBreaker> | ObservedRegistry;

/** Receives what breakers do. */
export interface Observer {
  /** Receives each event of each breaker. */
  readonly listener: (event: BreakerEvent) => void;

  /** Whether to receive an event for each settled call too. */
  readonly outcomes: boolean;

  /** Receives each new breaker before its first event, except those that a registry makes later. */
  readonly onBreaker: (breaker: ObservedBreaker) => void;
}

/** Breakers under observation. */
export interface Observed {
  /** All present breakers. New ones are subscribed to by this call. */
  breakers(): Iterable<ObservedBreaker>;

  /** The breakers subscribed to so far. Reading changes nothing. */
  subscribed(): Iterable<ObservedBreaker>;
  stop(): void;
}

/**
 * Subscribes to all present breakers and to later ones: those of a registry from their first event, those of another iterable
 * from the next call of {@link Observed.breakers}.
 *
 * @throws {TypeError} if the source contains anything but breakers
 */
export function observeSource(source: BreakerSource, observer: Observer): Observed {
  if (isRegistry(source)) return observeRegistry(source, observer);
  if (isIterable(source)) return observeMembers(source, observer);
  return observeMembers([source], observer);
}

function observeRegistry(registry: ObservedRegistry, { listener, outcomes, onBreaker }: Observer): Observed {
  for (const breaker of registry) onBreaker(breaker);
  const stop = registry.subscribe(listener, { outcomes });
  return { breakers: () => registry, subscribed: () => registry, stop };
}

function observeMembers(source: Iterable<ObservedBreaker>, { listener, outcomes, onBreaker }: Observer): Observed {
  // An iterator, such as `map.values()`, can be read only once.
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
      onBreaker(breaker);
      subscriptions.set(breaker, breaker.subscribe(listener, { outcomes }));
    }
    return present;
  }

  breakers();
  return {
    breakers,
    subscribed: () => subscriptions.keys(),
    stop() {
      for (const unsubscribe of subscriptions.values()) unsubscribe();
      subscriptions.clear();
    },
  };
}

function requireBreaker(breaker: unknown): void {
  if (typeof read(breaker, 'metrics') === 'function' && typeof read(breaker, 'subscribe') === 'function') return;
  throw new TypeError(
    `Switchgear: instrumentBreakers must be given a breaker, an iterable of breakers or a registry, got ${shown(breaker)}`,
  );
}

/** Some objects, such as those without a prototype, cannot be converted to a string. */
function shown(value: unknown): string {
  return isObject(value) && typeof read(value, 'toString') !== 'function' ? 'an object' : String(value);
}

function isIterable(source: BreakerSource): source is Iterable<ObservedBreaker> {
  return typeof (Object(source) as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

function isRegistry(source: BreakerSource): source is ObservedRegistry {
  return isIterable(source) && typeof (source as Partial<ObservedRegistry>).subscribe === 'function';
}
