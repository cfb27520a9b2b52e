import type { Fault, Trouble } from './fault.ts';
import type { Scenario } from './scenario.ts';
import { type TrafficName, traffics } from './traffic.ts';

/** When trouble comes. Shares are of the span that the traffic sets aside for it; all of it if nothing is said. */
export interface Timing {
  readonly from?: number;
  readonly to?: number;

  /** Instead of one stretch, again and again: each so long, one beginning every so many milliseconds. */
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
  const { name, timeout = 1_000, retries = 0, noise = 0.001, spans = 1 } = plot;
  return plot.traffics.map((traffic) => {
    const { rate, servers, service, repeats, calm, after } = traffics[traffic];
    const span = traffics[traffic].span * spans;
    const faults = plot.troubles.flatMap((trouble) => faultsOf(trouble, calm, span));
    const duration = calm + span + after;
    return { name, traffic, rate, servers, service, repeats, timeout, retries, noise, faults, duration };
  });
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
