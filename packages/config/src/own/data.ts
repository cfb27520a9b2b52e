import type { Mode } from '@switchgear/core';

/** A rule as files of ours say it, with durations in milliseconds and shares as numbers: one key names the rule. */
export type RuleData = Readonly<Record<string, unknown>>;

/** What a file says about one breaker and the policies around it: plain data, in milliseconds and shares. */
export interface BreakerData {
  readonly preset?: string;
  readonly adaptive?: true | { readonly breakEven: number };
  readonly openWhen?: RuleData;
  readonly window?: WindowData;
  readonly evaluateOn?: 'failure' | 'any';
  readonly openFor?: OpenForData;
  readonly recover?: RecoverData;
  readonly permitTimeout?: number;
  readonly errors?: ErrorsData;
  readonly mode?: Mode;
  readonly initialState?: 'closed' | 'open' | 'half-open';
  readonly timeout?: number;
  readonly deadline?: { readonly limit?: number; readonly keep?: number };
  readonly bulkhead?: {
    readonly concurrent: number;
    readonly queue?: number;
    readonly queueFor?: number;
    readonly reclaimAfter?: number;
  };
  readonly retryBudget?: { readonly share?: number; readonly burst?: number };
  readonly fallback?: { readonly cached: { readonly maxAge: number; readonly limit?: number } };
  readonly healthProbe?: {
    readonly every?: number;
    readonly pingFor?: number;
    readonly unhealthyAfter?: number;
    readonly whenUnhealthy?: 'mark' | 'trip';
  };
}

/** `{ time: 10_000, buckets: 10 }`, `{ count: 100 }` or `{ tumbling: 10_000 }`. */
export interface WindowData {
  readonly time?: number;
  readonly buckets?: number;
  readonly align?: 'epoch' | 'first' | 'first-tick';
  readonly count?: number;
  readonly tumbling?: number;
}

/** `{ fixed: 30_000 }`, `{ exponential: 5_000, max: 60_000 }`, `{ linear: 30_000 }` or `{ squareRoot: {} }`. */
export interface OpenForData {
  readonly fixed?: number;
  readonly exponential?: number;
  readonly linear?: number;
  readonly squareRoot?: true | { readonly max?: number };
  readonly factor?: number;
  readonly max?: number;
  readonly jitter?: 'equal' | 'full' | 'decorrelated' | 'none' | number;
  readonly forgetAfter?: number;
  readonly randomized?: number;
  readonly retryAfterMax?: number;
  readonly retryAfterOfIgnored?: boolean;
}

/** `{ probes: 1, successes: 2 }`, `{ ramp: [0.1, 0.5, 1] }` or `{ selfClocked: true }`. */
export interface RecoverData {
  readonly probes?: number;
  readonly successes?: number;
  readonly failures?: number;
  readonly sample?: number;
  readonly judge?: RuleData;
  readonly reprobeAfter?: number;
  readonly maxStay?: number;
  readonly afterMaxStay?: 'open' | 'closed';
  readonly ramp?: readonly number[];
  readonly stage?: number;
  readonly minimumCalls?: number;
  readonly selfClocked?: true;
}

/** What errors mean, by their name or code, for `run` and `wrap`. */
export interface ErrorsData {
  /** Errors that say nothing about the dependency. */
  readonly ignored?: readonly string[];

  /** The only errors that are failures; all others are successes. */
  readonly failures?: readonly string[];
}

/** A whole file: settings by name or `/pattern/`, and what all of them have. */
export interface FileData {
  readonly defaults?: BreakerData;
  readonly breakers: Readonly<Record<string, BreakerData>>;
}

/** The options that a preset or adaptive mode fills in. */
const PLUGS = ['preset', 'adaptive', 'openWhen', 'window', 'evaluateOn', 'openFor', 'recover'] as const;

/**
 * What a breaker has by the file's defaults and its own settings. Its own preset, or adaptive mode, comes before the parts of
 * one that the defaults name.
 */
export function laidOver(defaults: BreakerData = {}, own: BreakerData = {}): BreakerData {
  if (own.preset === undefined && own.adaptive === undefined) return { ...defaults, ...own };
  const rest = Object.entries(defaults).filter(([option]) => !(PLUGS as readonly string[]).includes(option));
  return { ...Object.fromEntries(rest), ...own };
}
