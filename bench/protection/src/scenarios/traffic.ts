import type { Scenario } from './scenario.ts';

/** How busy a client is, and how long one watches it. Times in milliseconds. */
export interface Traffic extends Pick<Scenario, 'rate' | 'servers' | 'service' | 'repeats'> {
  /** Before the trouble, during, and after. */
  readonly calm: number;
  readonly span: number;
  readonly after: number;
}

/**
 * Low, medium and high. At medium and high six tenths of the service are busy; at low nearly nothing is. The fewer
 * requests a run has, the more often it is played.
 */
export const traffics = {
  low: { rate: 0.2, servers: 2, service: 24, calm: 900_000, span: 600_000, after: 600_000, repeats: 8 },
  medium: { rate: 50, servers: 2, service: 24, calm: 60_000, span: 60_000, after: 60_000, repeats: 3 },
  high: { rate: 2_000, servers: 67, service: 20, calm: 15_000, span: 20_000, after: 15_000, repeats: 1 },
} as const satisfies Record<string, Traffic>;

export type TrafficName = keyof typeof traffics;
