import { blueprintOf } from '../circuit/blueprint.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { resolveOptions } from '../circuit/resolve-options.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { BreakerOptions } from '../contract/options.ts';
import { refuse, requireMillis } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

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
  makeInspectable(CircuitBreaker.prototype);
  return breaker;
}

/** @throws {TypeError} if another copy of this package, or nothing of Switchgear, made the breaker */
export function circuitOf(breaker: Breaker): Circuit {
  return (
    CircuitBreaker.circuitOf(breaker) ?? refuse('breaker', 'made by createBreaker of this copy of the package', breaker)
  );
}

let isInspectable = false;

/**
 * What loggers show of a breaker, instead of all there is inside: name, state and mode in JSON, and one line where the runtime
 * asks by this symbol for `console.log`. Set at the first breaker, because nothing happens at import.
 */
export function makeInspectable(prototype: Breaker): void {
  if (isInspectable) return;
  isInspectable = true;
  Object.assign(prototype, {
    toJSON(this: Breaker): object {
      const { name, state, mode } = this;
      return { name, state, mode };
    },
    [Symbol.for('nodejs.util.inspect.custom')](this: Breaker): string {
      const { name, state, mode } = this;
      return `Breaker ${JSON.stringify(name)} (${state}${mode === 'active' ? '' : `, ${mode}`})`;
    },
  });
}

/**
 * Makes an adaptive breaker more sensitive for a while: call it when a deploy begins. Each failure is then weighed as one
 * right after an outage. Two failures are needed all the same: a single one is what every service has now and then, and
 * a breaker that opens on it would turn each into an outage.
 *
 * @param ms milliseconds, greater than 0
 * @throws {TypeError | RangeError} for a time out of range, or a breaker without vitals: `adaptive`, `squareRoot` bring them
 */
export function expectTrouble(breaker: Breaker, ms: Millis): void {
  requireMillis('expectTrouble', ms);
  const { observer, now } = circuitOf(breaker);
  if (!observer)
    refuse('expectTrouble', 'given a breaker that keeps vitals, such as one made with adaptive()', breaker);
  observer.expectTrouble(now() + ms);
}
