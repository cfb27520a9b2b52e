import { refuse } from '../vocabulary/requirement.ts';
import { blueprintOf } from './blueprint.ts';
import type { Breaker } from './breaker.ts';
import type { Circuit } from './circuit.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { makeInspectable } from './inspect.ts';
import type { BreakerOptions } from './options.ts';
import { follow } from './reconfigure.ts';
import { resolveOptions } from './resolve-options.ts';

/**
 * Makes a circuit breaker. It starts closed, holds no timer and keeps no process alive.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value, for any option out of range or unknown
 * @example
 * ```ts
 * const payments = createBreaker({ name: 'payments' });
 * const answer = await payments.run(() => fetch('https://payments.example/health'));
 * ```
 */
export function createBreaker(options: BreakerOptions): Breaker {
  const resolved = resolveOptions(options);
  const breaker = new CircuitBreaker(resolved.name, blueprintOf(resolved));
  follow(breaker);
  makeInspectable(CircuitBreaker.prototype);
  return breaker;
}

/** The circuit behind a breaker, for functions of this package that are not every breaker's business. */
export function circuitOf(breaker: Breaker): Circuit {
  if (breaker instanceof CircuitBreaker) return breaker;
  return refuse('breaker', 'made by createBreaker of this copy of the package', breaker);
}
