import { stringify } from 'yaml';

/** A trace as the file of facts writes it down. */
export interface Trace {
  readonly id: string;
  readonly test: string;
  readonly config: TraceConfig;
  readonly steps: readonly TraceStep[];
}

/** The configuration of a trace. */
export interface TraceConfig {
  readonly closed: {
    readonly window: { readonly type: 'count'; readonly size: number } | { readonly type: 'time'; readonly ms: number };
    readonly minCalls: number;
    readonly failureRate: number;
    readonly slowMs?: number;
    readonly slowRate?: number;
  };
  readonly open: { readonly ms: number; readonly backoff?: { readonly factor: number }; readonly mode: string };
  readonly halfOpen: { readonly permitted: number; readonly maxMs?: number; readonly maxTo?: 'open' | 'closed' };
  readonly ignoredAs: 'neutral' | 'success';
  readonly initialState?: string;
}

/** One step of a trace, and what must be seen after it. */
export interface TraceStep {
  readonly op: 'call' | 'start' | 'end' | 'advance' | 'force' | 'check';
  readonly id?: string;
  readonly out?: string;
  readonly ms?: number;
  readonly times?: number;
  readonly to?: string;
  readonly throws?: boolean;
  readonly elapsed?: boolean;
  readonly result?: 'run' | 'rejected';
  readonly state?: string;
  readonly metrics?: Readonly<Record<string, number | null>>;
  readonly transitions?: readonly string[];
  readonly retryAfterMs?: number | null;
  readonly openAttempts?: readonly number[];
}

const STATES: Readonly<Record<string, string>> = {
  closed: 'CLOSED',
  open: 'OPEN',
  'half-open': 'HALF_OPEN',
  'forced-open': 'FORCED_OPEN',
  'metrics-only': 'METRICS_ONLY',
};

/** The configuration as one writes it for Spring Boot. */
export function yamlOf({ closed, open, halfOpen, initialState }: TraceConfig): string {
  const { window, slowMs, slowRate } = closed;
  const backend = {
    slidingWindowType: window.type === 'count' ? 'COUNT_BASED' : 'TIME_BASED',
    slidingWindowSize: window.type === 'count' ? window.size : window.ms / 1_000,
    minimumNumberOfCalls: closed.minCalls,
    failureRateThreshold: closed.failureRate * 100,
    ...(slowRate !== undefined && { slowCallRateThreshold: slowRate * 100, slowCallDurationThreshold: `${slowMs}ms` }),
    waitDurationInOpenState: `${open.ms}ms`,
    ...(open.backoff && { enableExponentialBackoff: true, exponentialBackoffMultiplier: open.backoff.factor }),
    automaticTransitionFromOpenToHalfOpenEnabled: open.mode === 'auto',
    permittedNumberOfCallsInHalfOpenState: halfOpen.permitted,
    ...(halfOpen.maxMs !== undefined && { maxWaitDurationInHalfOpenState: `${halfOpen.maxMs}ms` }),
    ...(halfOpen.maxTo && { transitionToStateAfterWaitDuration: halfOpen.maxTo.toUpperCase() }),
    ...(initialState && { initialState: STATES[initialState] }),
  };
  return stringify({ resilience4j: { circuitbreaker: { instances: { backend } } } });
}
