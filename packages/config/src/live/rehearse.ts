import type { Breaker, BreakerEvent, Registry } from '@switchgear/core';
import { requireFunction, requireOptions } from '@switchgear/core/adapter';
import type { Settings } from '../load/settings.ts';
import { dataFor } from './data-for.ts';
import { type Comparison, type Difference, Pair } from './pair.ts';
import { rehearsalPage } from './rehearsal-page.ts';

/** A candidate that runs beside the live breakers. */
export interface Rehearsal {
  readonly candidate: Settings;

  /** The breakers whose settings differ, and how both have done. */
  report(): readonly Comparison[];

  /** The report as a page, for a route of your own. */
  page(): string;

  /** Ends it. */
  close(): void;
}

/** Options of {@link rehearse}. */
export interface RehearseOptions {
  /**
   * Called with each difference. What it throws is dropped.
   *
   * @default undefined the report counts them
   */
  readonly onDifference?: (difference: Difference) => void;
}

/**
 * Runs settings in shadow beside the live ones: each breaker whose settings differ gets a copy that is fed with the outcomes
 * of the live one, refuses nothing, and says when it would have opened. Nothing is applied. While it runs each call costs
 * more, because its outcome is handed over; while the live circuit is open the candidate sees nothing but probes.
 *
 * @param live the settings in force, to know what differs
 * @throws {TypeError} if `onDifference` is not a function
 */
export function rehearse(
  candidate: Settings,
  live: Settings,
  of: Registry | Iterable<Breaker>,
  options: RehearseOptions = {},
): Rehearsal {
  const { onDifference = () => {} } = requireOptions('rehearse', options, ['onDifference']);
  requireFunction('onDifference', onDifference);
  const pairs = new Map<string, Pair>();
  const differs = (name: string) => JSON.stringify(dataFor(live, name)) !== JSON.stringify(dataFor(candidate, name));
  const pairOf = (breaker: Breaker) => {
    const { name } = breaker;
    if (!pairs.has(name) && differs(name)) pairs.set(name, new Pair(breaker, candidate, onDifference));
    return pairs.get(name);
  };
  const breakers = new Map([...of].map((breaker) => [breaker.name, breaker]));
  for (const breaker of breakers.values()) pairOf(breaker);
  const listener = (event: BreakerEvent) => {
    const breaker = breakers.get(event.breaker) ?? ('peek' in of ? of.peek(event.breaker) : undefined);
    if (breaker) pairOf(breaker)?.see(event);
  };
  const ends =
    'peek' in of
      ? [of.subscribe(listener, { outcomes: true })]
      : [...breakers.values()].map((breaker) => breaker.subscribe(listener, { outcomes: true }));
  const report = () => [...pairs.values()].map((pair) => pair.comparison());
  return {
    candidate,
    report,
    page: () => rehearsalPage(report()),
    close: () => {
      for (const end of ends.splice(0)) end();
    },
  };
}
