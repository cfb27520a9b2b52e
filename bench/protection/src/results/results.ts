import type { Detection } from '../detection/detections.ts';
import type { Figures } from '../figures/figures.ts';
import type { Policy } from '../policies/policy.ts';
import { cellOf } from '../scenarios/scenario.ts';
import type { Played } from './play.ts';

/** False trips of the one whose goals are judged, by the share of failures. */
export type FalseTrips = Readonly<Record<number, number>>;

/** All results of a run of the bench. */
export class Results {
  readonly seed: number;
  readonly policies: readonly Policy[];
  readonly catalogue: readonly Played[];
  readonly random: readonly Played[];
  readonly workloads: readonly Played[];
  readonly detections: readonly Detection[];
  readonly falseTrips: FalseTrips;

  /** Nanoseconds a call, over those of a classic breaker. */
  readonly overhead: number;
  readonly #cells: ReadonlyMap<string, Played>;

  constructor(found: Omit<Results, 'figures' | 'costIn' | 'cells' | 'bestPeer' | 'bestLocal'>) {
    this.seed = found.seed;
    this.policies = found.policies;
    this.catalogue = found.catalogue;
    this.random = found.random;
    this.workloads = found.workloads;
    this.detections = found.detections;
    this.falseTrips = found.falseTrips;
    this.overhead = found.overhead;
    this.#cells = new Map([...found.catalogue, ...found.workloads].map((played) => [cellOf(played.scenario), played]));
  }

  /** How a policy lived through a cell: `crash@medium`. */
  figures(cell: string, policy: string): Figures {
    const figures = this.#cells.get(cell)?.outcomes[policy];
    if (!figures) throw new Error(`${policy} was not played in ${cell}`);
    return figures;
  }

  /** The cost of a policy in a cell; `undefined` if it was not played there. */
  costIn(cell: string, policy: string): number | undefined {
    return this.#cells.get(cell)?.outcomes[policy]?.cost;
  }

  get cells(): readonly string[] {
    return this.catalogue.map(({ scenario }) => cellOf(scenario));
  }

  /** The peer that costs least in a cell. */
  bestPeer(cell: string): Policy {
    return this.#cheapest(cell, ({ kind }) => kind === 'peer');
  }

  /** The cheapest policy in a cell, among all that can be used in practice, including no breaker. */
  bestLocal(cell: string): Policy {
    return this.#cheapest(cell, ({ kind, name }) => kind !== 'bound' || name === 'none');
  }

  #cheapest(cell: string, among: (policy: Policy) => boolean): Policy {
    const costs = this.policies.filter(among).map((policy) => ({ policy, cost: this.figures(cell, policy.name).cost }));
    return costs.reduce((least, each) => (each.cost < least.cost ? each : least)).policy;
  }
}
