import { plots } from './catalogue.ts';
import { scenarioIn, type Traffic } from './plot.ts';
import type { Scenario } from './scenario.ts';

/** How many instances make how many calls a second each. */
interface Fleet {
  readonly instances: number;
  readonly each: number;
}

/** A minute before a fault, a minute of it, and three quarters after. Six tenths of the service are busy at 100 calls a second. */
function trafficOf({ instances, each }: Fleet): Traffic {
  const rate = instances * each;
  const servers = Math.max(2, Math.round((rate * 0.024) / 0.6));
  const repeats = Math.max(3, Math.round(60 / rate));
  return { rate, servers, service: 24, repeats, calm: 60_000, span: 60_000, after: 45_000 };
}

/** Many instances with few calls each; more of them; and fewer with many. */
export const QUIET: Fleet = { instances: 20, each: 0.2 };
export const MANY: Fleet = { instances: 100, each: 0.2 };
export const BUSY: Fleet = { instances: 20, each: 5 };

function nameOf({ instances, each }: Fleet): string {
  return `${instances} x ${each}`;
}

/** Scenarios of the catalogue with a fleet in place of one client. A plot that is told for each traffic is played once. */
export function withFleet(fleet: Fleet, noise: number, only?: readonly string[]): Scenario[] {
  const names = new Set(only ?? plots.map(({ name }) => name));
  const chosen = plots.filter(({ name }) => names.delete(name));
  const { instances } = fleet;
  return chosen.map((plot) => ({
    ...scenarioIn({ noise, ...plot }, nameOf(fleet), trafficOf(fleet)),
    instances,
  }));
}

/** Faults of some instances only, with what share of the calls is made by those. */
export interface Partial {
  readonly story: string;
  readonly scenario: Scenario;

  /** How many instances, the first ones, are hit. */
  readonly hit: number;
}

/** The first instances lose their network for a minute; or one of them is 20 times as busy as the others, and all it says is that calls fail. */
export const partials: readonly Partial[] = [
  partial('one of 20 loses its network', QUIET, 1, {}),
  partial('one of 20 loses its network', BUSY, 1, {}),
  partial('one of 20 loses its network, and makes 20 times as many calls', BUSY, 1, { loud: 20 }),
  partial('5 of 20 lose their network', BUSY, 5, {}),
  partial('15 of 20 lose their network', QUIET, 15, {}),
  partial('15 of 20 lose their network', BUSY, 15, {}),
];

function partial(story: string, fleet: Fleet, hit: number, changes: Pick<Scenario, 'loud'>): Partial {
  const { instances } = fleet;
  const { loud = 1 } = changes;
  const share = (hit - 1 + loud) / (instances - 1 + loud);
  const { calm, span, after, ...traffic } = trafficOf(fleet);
  const faults = [{ kind: 'cut', share, absence: 'refuses', from: calm, to: calm + span } as const];
  const rest = { timeout: 1_000, retries: 0, noise: 0.01, faults, duration: calm + span + after, instances };
  return { story, hit, scenario: { name: 'cut', traffic: nameOf(fleet), ...traffic, ...rest, ...changes } };
}
