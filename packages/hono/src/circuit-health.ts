import type { Breaker } from '@switchgear/core';
import { ask } from '@switchgear/core/adapter';
import type { Handler } from 'hono';
import { checked } from './options.ts';

/** Options of {@link circuitHealth}. */
export interface CircuitHealthOptions {
  /** The circuits to look at; a registry is fine. They are looked at for each request, and looking takes no probe. */
  readonly breakers: Iterable<Breaker>;

  /**
   * Which of them this service is of no use without: while one of those refuses, the answer is 503. Ask for it only where
   * somebody else can do better, say for readiness where another region has a database of its own: taking a service out of
   * traffic because of what it depends on takes out all of it at once. What it throws is reported to the breaker, and that
   * one does not count.
   *
   * @default () => false
   */
  readonly needs?: ((breaker: Breaker) => boolean) | undefined;

  /**
   * Whether the answer names the circuits, with their state and when to come back.
   *
   * @default false
   */
  readonly details?: boolean | undefined;
}

/**
 * A handler for health and readiness checks. It answers 200 whatever the circuits are, for a service that refuses well is a
 * healthy one: `{"status":"ok"}`, or `"degraded"` while any of them refuses. `needs` makes some of them count: `"down"`, and 503.
 *
 * @throws {TypeError} for an unknown option and for one of the wrong kind
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
    return c.json({ status, ...(details && { circuits: all.map(described) }) }, down ? 503 : 200);
  };
}

/** Whether callers are refused at this moment, by the circuit or by its operator. One that probes is on its way back. */
function refuses({ mode, state }: Breaker): boolean {
  return mode === 'isolated' || (mode === 'active' && state === 'open');
}

function described({ name, mode, state, retryAfter }: Breaker): Record<string, string | number> {
  return {
    name,
    mode,
    state,
    ...(retryAfter > 0 && Number.isFinite(retryAfter) && { retryAfter: Math.ceil(retryAfter) }),
  };
}
