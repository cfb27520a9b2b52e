import type { Breaker } from '@switchgear/core';
import { chosenBreaker } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { HonoBreakerChoice } from './options.ts';

/**
 * The breaker of a request.
 *
 * @throws what the function throws; {@link TypeError} for anything that is not a breaker
 */
export function picked(choice: HonoBreakerChoice, c: Context): Breaker | undefined {
  return typeof choice === 'function' ? chosenBreaker('what breaker picks', choice(c)) : choice;
}
