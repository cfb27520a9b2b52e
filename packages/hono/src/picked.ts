import { type Breaker, refuse } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { HonoBreakerChoice } from './options.ts';

/**
 * The breaker of a request, which is needed now: a promise of one is the app's mistake, and its rejection nobody else's.
 *
 * @throws what the function throws; {@link TypeError} for what is no breaker
 */
export function picked(choice: HonoBreakerChoice, c: Context): Breaker | undefined {
  if (typeof choice !== 'function') return choice;
  const breaker: unknown = choice(c);
  if (breaker === undefined || breaker === null) return undefined;
  if (typeof read(breaker, 'acquire') === 'function') return breaker as Breaker;
  if (typeof read(breaker, 'then') !== 'function')
    return refuse('what breaker picks', 'a breaker or undefined', breaker);
  Promise.resolve(breaker).catch(() => undefined);
  throw new TypeError('Switchgear: breaker must pick at once, got a promise');
}
