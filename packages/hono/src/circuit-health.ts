import type { Breaker } from '@switchgear/core';
import { ask } from '@switchgear/core/adapter';
import type { Handler } from 'hono';
import { checked } from './options.ts';

/** Options of {@link circuitHealth}. */
export interface CircuitHealthOptions {
  /** The breakers to report on, or a registry. They are read at each request, which takes no probe. */
  readonly breakers: Iterable<Breaker>;

  /**
   * Whether this service is useless without that breaker's dependency: while such a breaker refuses, the answer is 503. Use
   * it only where another instance can do better, for example for readiness if another region has its own database: a
   * dependency shared by all instances would take all of them out of traffic at once. If it throws, the error is reported to
   * the breaker, which then does not count.
   *
   * @default () => false
   */
  readonly needs?: ((breaker: Breaker) => boolean) | undefined;

  /**
   * Whether the answer lists the circuits, with their states and when to come back.
   *
   * @default false
   */
  readonly details?: boolean | undefined;
}

/**
 * A handler for health and readiness checks. It answers 200 whatever state the circuits are in, because a service that
 * refuses calls as it should is healthy: `{"status":"ok"}`, or `"degraded"` while any of them refuses. A breaker that
 * `needs` selects makes it `"down"`, with 503.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @example
 * ```ts
 * app.get('/healthz', circuitHealth({ breakers: registry }));
 * app.get('/readyz', circuitHealth({ breakers: [database, mail], needs: (breaker) => breaker === database }));
 * ```
 */
export function circuitHealth(options: CircuitHealthOptions): Handler {
  const { breakers, needs, details } = checked('circuitHealth', options, ['breakers', 'needs', 'details']);

  return function circuitHealth(c) {
    const all = [...breakers];
    const refusing = all.filter(refuses);
    const down = needs !== undefined && refusing.some((breaker) => ask('needs', breaker, needs, breaker));
    const status = down ? 'down' : refusing.length > 0 ? 'degraded' : 'ok';
    c.header('cache-control', 'no-store');
    return c.json({ status, ...(details && { circuits: all.map(detailsOf) }) }, down ? 503 : 200);
  };
}

/** Whether callers are refused now, by the circuit or by its operator. A half-open circuit is recovering and does not count. */
function refuses({ mode, state }: Breaker): boolean {
  return mode === 'isolated' || (mode === 'active' && state === 'open');
}

function detailsOf({ name, mode, state, retryAfter }: Breaker): Record<string, string | number> {
  return {
    name,
    mode,
    state,
    ...(retryAfter > 0 && Number.isFinite(retryAfter) && { retryAfter: Math.ceil(retryAfter) }),
  };
}
