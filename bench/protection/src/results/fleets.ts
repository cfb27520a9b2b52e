import { type FleetFigures, fleetFiguresOf, typicalOf } from '../figures/fleet-figures.ts';
import { none, oracle } from '../policies/bounds.ts';
import { fleetOf, fleets } from '../policies/fleet.ts';
import type { Policy } from '../policies/policy.ts';
import { BUSY, MANY, type Partial, partials, QUIET, withFleet } from '../scenarios/fleets.ts';
import { cellOf, type Scenario } from '../scenarios/scenario.ts';
import { simulate } from '../simulation/simulate.ts';
import { repeatOf } from './play.ts';

/** A scenario with a fleet, and the figures of each policy by its name. */
export interface PlayedFleet {
  readonly scenario: Scenario;
  readonly figures: Readonly<Record<string, FleetFigures>>;
}

/** All that the page of fleets shows. */
export interface FleetResults {
  readonly seed: number;
  readonly outages: readonly PlayedFleet[];
  readonly transports: readonly PlayedFleet[];
  readonly catalogue: readonly PlayedFleet[];
  readonly partials: readonly (PlayedFleet & Partial)[];
}

/** Share of the calls that fail at any time, where a scenario does not say. */
const NOISE = 0.01;

const [defaultAlone, defaultShared] = fleets as readonly [Policy, Policy];

/** The default shared, over worse buses. */
export const transports: readonly Policy[] = [
  defaultShared,
  fleetOf('a report each 2 s', 'in place of each 250 ms', {}, { tick: 2_000 }),
  fleetOf('30 % of the reports lost', 'each by itself', {}, { loss: 0.3 }),
  fleetOf('100 ms on the way', 'in place of 2 ms', {}, { delay: 100 }),
];

/** Plays everything with fleets. `tell` is told of each scenario as it has been played. */
export async function playFleets(seed: number, tell: (played: PlayedFleet) => void): Promise<FleetResults> {
  const play = async (
    scenario: Scenario,
    policies: readonly Policy[],
    most: number,
    hit?: number,
  ): Promise<PlayedFleet> => {
    const figures: Record<string, FleetFigures> = {};
    for (const policy of policies) {
      const runs: FleetFigures[] = [];
      for (let repeat = 0; repeat < Math.min(most, scenario.repeats); repeat++) {
        const chosen = repeatOf(scenario, seed, repeat);
        runs.push(fleetFiguresOf(chosen.scenario, await simulate(chosen.scenario, policy, chosen.seed), hit));
      }
      figures[policy.name] = typicalOf(runs);
    }
    const played = { scenario, figures };
    tell(played);
    return played;
  };
  const each = async <In, Out>(all: readonly In[], act: (one: In) => Promise<Out>): Promise<Out[]> => {
    const done: Out[] = [];
    for (const one of all) done.push(await act(one));
    return done;
  };
  const [hang] = withFleet(QUIET, NOISE, ['crash-hang']) as [Scenario];
  const [refuse] = withFleet(BUSY, NOISE, ['crash']) as [Scenario];
  const [many] = withFleet(MANY, NOISE, ['crash']) as [Scenario];
  const cells = [...withFleet(QUIET, NOISE), ...withFleet(BUSY, NOISE)];
  return {
    seed,
    outages: [
      ...(await each([hang, refuse], (scenario) => play(scenario, [none, oracle, ...fleets], 5))),
      await play(many, [none, oracle, ...fleets], 1),
    ],
    transports: await each([hang], (scenario) => play(scenario, transports, 5)),
    catalogue: await each(cells, (scenario) => play(scenario, [defaultAlone, defaultShared], 3)),
    partials: await each(partials, async (partial) => ({
      ...partial,
      ...(await play(partial.scenario, [defaultAlone, defaultShared], 3, partial.hit)),
    })),
  };
}

/** The cost of the default shared over that of the default alone. */
export function ratioOf({ figures }: PlayedFleet): number {
  return (figures[defaultShared.name]?.cost ?? Number.NaN) / (figures[defaultAlone.name]?.cost ?? Number.NaN);
}

/** The cells whose name ends so. */
export function cellsAt(played: readonly PlayedFleet[], traffic: string): PlayedFleet[] {
  return played.filter(({ scenario }) => cellOf(scenario).endsWith(`@${traffic}`));
}
