/** A trace as the files write it down. */
export interface Trace {
  readonly id: string;
  readonly test: string;
  readonly config: TraceConfig;
  readonly steps: readonly TraceStep[];
}

export interface TraceConfig {
  readonly closed: {
    readonly window:
      | { readonly type: 'count'; readonly size: number }
      | {
          readonly type: 'time';
          readonly ms: number;
          readonly buckets: number;
          readonly align: 'epoch' | 'first' | 'first-tick';
        }
      | { readonly type: 'tumbling'; readonly ms: number | null };
    readonly minCalls?: number;
    readonly failureRate?: number;
    readonly failureCount?: number;
    readonly consecutiveFailures?: number;
    readonly slowMs?: number;
    readonly slowRate?: number;
    readonly evaluateOn: 'any' | 'failure' | 'failures';
  };
  readonly open: { readonly ms: number; readonly backoff?: { readonly factor: number } };
  readonly halfOpen: {
    readonly permitted: number;
    readonly sample?: number;
    readonly rate?: number;
    readonly closeAfterSuccesses?: number;
    readonly openAfterFailures?: number;
    readonly maxMs?: number;
    readonly maxTo?: 'open' | 'closed';
    readonly reprobeAfterMs?: number;
  };
  readonly ignoredAs: 'neutral' | 'success';
  readonly initialState?: Forced;
}

export type Forced = 'open' | 'half-open' | 'closed' | 'reset' | 'forced-open' | 'disabled' | 'metrics-only';
export type Out = 'ok' | 'fail' | 'ignored' | 'throw' | 'release';

export interface TraceStep {
  readonly op: 'call' | 'start' | 'end' | 'advance' | 'force' | 'check';
  readonly id?: string;
  readonly out?: Out;
  readonly ms?: number;
  readonly times?: number;
  readonly to?: Forced;
  readonly throws?: boolean;
  readonly elapsed?: boolean;
  readonly result?: 'run' | 'rejected';
  readonly state?: string;
  readonly metrics?: Readonly<Record<string, number | null>>;
  readonly transitions?: readonly string[];
  readonly retryAfterMs?: number | null;
  readonly openAttempts?: readonly number[];
}
