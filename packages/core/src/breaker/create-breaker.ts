import { blueprintOf } from '../circuit/blueprint.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { defaultsFor } from '../circuit/defaults.ts';
import { resolveOptions } from '../circuit/resolve-options.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { BreakerOptions } from '../contract/options.ts';
import { invalid, requireMillis } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

/**
 * Makes a circuit breaker. It starts closed, holds no timer and keeps no process alive.
 *
 * @throws {TypeError | RangeError} if an option is out of range or unknown; the message names option, rule and value
 * @example
 * ```ts
 * const payments = createBreaker({ name: 'payments' });
 * const answer = await payments.run(() => fetch('https://payments.example/health'));
 * ```
 */
export function createBreaker(options: BreakerOptions): Breaker {
  return makeBreaker(options, defaultsFor(options));
}

/** Makes a breaker of options laid over defaults. */
export function makeBreaker(options: BreakerOptions, defaults: object): Breaker {
  const resolved = resolveOptions(options, defaults);
  const breaker = new CircuitBreaker(resolved.name, blueprintOf(resolved));
  makeInspectable(CircuitBreaker.prototype);
  return breaker;
}

/** @throws {TypeError} if the value is not a breaker made by this copy of the package */
export function circuitOf(breaker: Breaker): Circuit {
  return (
    CircuitBreaker.circuitOf(breaker) ??
    invalid('breaker', 'made by this copy of the package (import and require each load one)', breaker)
  );
}

let isInspectable = false;

/**
 * Makes loggers show a breaker briefly: name, state and mode in JSON, one line for `console.log` in runtimes that use this
 * symbol. Done with the first breaker, because nothing happens at import.
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
 * Makes an adaptive breaker more sensitive for a while, for example when a deploy begins. Each failure is then weighed as
 * if it came right after an outage. Two failures are still needed: every service fails now and then, and a breaker that
 * opens on a single failure would turn each into an outage.
 *
 * @param ms milliseconds, greater than 0
 * @throws {TypeError | RangeError} if the time is out of range or the breaker has no vitals, which `adaptive` and
 *   `squareRoot` bring
 */
export function expectTrouble(breaker: Breaker, ms: Millis): void {
  requireMillis('expectTrouble', ms);
  const { observer, now } = circuitOf(breaker);
  if (!observer) invalid('expectTrouble', 'given a breaker with vitals, such as one made with adaptive()', breaker);
  observer.expectTrouble(now() + ms);
}
