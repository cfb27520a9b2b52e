import type { Fault, Trouble } from './fault.ts';
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

/** When trouble comes. Shares are of the span that the traffic sets aside for it; all of it if nothing is said. */
export interface Timing {
  readonly from?: number;
  readonly to?: number;

  /** Repeats the trouble: the length of each occurrence, and the time between their beginnings, in milliseconds. */
  readonly lasting?: number;
  readonly every?: number;
}

/** What happens, before it is known how busy the client is: a scenario for each of its traffics. */
export interface Plot {
  readonly name: string;

  /** What happens, and what one would wish for. */
  readonly story: string;
  readonly traffics: readonly TrafficName[];
  readonly troubles: readonly (Trouble & Timing)[];

  /** @default 1_000 */
  readonly timeout?: number;

  /** @default 0 */
  readonly retries?: number;

  /** @default 0.001 */
  readonly noise?: number;

  /** How many spans are set aside for trouble. @default 1 */
  readonly spans?: number;
}

/** The scenarios of a plot. */
export function scenariosOf(plot: Plot): Scenario[] {
  return plot.traffics.map((name) => scenarioIn(plot, name, traffics[name]));
}

/** A plot in one traffic. */
export function scenarioIn(plot: Plot, traffic: string, given: Traffic): Scenario {
  const { name, timeout = 1_000, retries = 0, noise = 0.001, spans = 1 } = plot;
  const { rate, servers, service, repeats, calm, after } = given;
  const span = given.span * spans;
  const faults = plot.troubles.flatMap((trouble) => faultsOf(trouble, calm, span));
  return {
    name,
    traffic,
    rate,
    servers,
    service,
    repeats,
    timeout,
    retries,
    noise,
    faults,
    duration: calm + span + after,
  };
}

function faultsOf(
  { from = 0, to = 1, lasting, every, ...trouble }: Trouble & Timing,
  calm: number,
  span: number,
): Fault[] {
  const begin = calm + from * span;
  const end = calm + to * span;
  if (lasting === undefined || every === undefined) return [{ ...trouble, from: begin, to: end }];
  const count = Math.floor((end - begin - lasting) / every) + 1;
  return Array.from({ length: count }, (_, i) => ({
    ...trouble,
    from: begin + i * every,
    to: begin + i * every + lasting,
  }));
}
