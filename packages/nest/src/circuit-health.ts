import type { Breaker } from '@switchgear/core';
import { ask } from '@switchgear/core/adapter';

/** Options of `CircuitHealth.check`. */
export interface CircuitHealthOptions {
  /**
   * Whether this service is useless without that breaker's dependency: while such a breaker refuses, the service is down. Use
   * it only where another instance can do better: a dependency shared by all instances would take all of them out of traffic
   * at once. If it throws, the error is reported to the breaker, which then does not count.
   *
   * @default () => false
   */
  readonly needs?: ((breaker: Breaker) => boolean) | undefined;
}

/** What Terminus expects of an indicator. */
export type CircuitHealthResult = Record<string, { status: 'up' | 'down'; circuits: Record<string, string> }>;

/**
 * A health indicator for Terminus. It is up whatever state the circuits are in, because a service that refuses calls as it
 * should is healthy; a breaker that `needs` selects makes it down while it refuses. Reading takes no probe.
 *
 * @example
 * ```ts
 * @Get('readyz')
 * @HealthCheck()
 * ready() {
 *   return this.health.check([() => this.circuits.check('circuits', { needs: ({ name }) => name === 'database' })]);
 * }
 * ```
 */
export class CircuitHealth {
  readonly #breakers: Iterable<Breaker>;

  /** @param breakers a list, or a registry */
  constructor(breakers: Iterable<Breaker>) {
    this.#breakers = breakers;
  }

  /** @param key the name of the indicator in the answer */
  check<const Key extends string>(key: Key, { needs }: CircuitHealthOptions = {}): CircuitHealthResult {
    const all = [...this.#breakers];
    const isDown = all.some((breaker) => refuses(breaker) && ask('needs', breaker, needs, breaker) === true);
    const circuits = Object.fromEntries(all.map((breaker) => [breaker.name, wordFor(breaker)]));
    return { [key]: { status: isDown ? 'down' : 'up', circuits } };
  }
}

/** Whether callers are refused now, by the circuit or by its operator. A half-open circuit is recovering and does not count. */
function refuses({ mode, state }: Breaker): boolean {
  return mode === 'isolated' || (mode === 'active' && state === 'open');
}

function wordFor({ mode, state }: Breaker): string {
  return mode === 'active' ? state : mode;
}
