import type { Policy } from '../policies/policy.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Journal } from './journal.ts';
import { Simulation } from './simulation.ts';

/** Plays a scenario to its end. The same arguments give the same journal. */
export async function simulate(scenario: Scenario, policy: Policy, seed: number): Promise<Journal> {
  const simulation = new Simulation(scenario, policy, seed);
  const { idle, stop } = simulation.guard;
  try {
    while (simulation.step()) {
      if (idle && simulation.touched) {
        simulation.touched = false;
        await idle();
      }
    }
  } finally {
    stop?.();
  }
  return simulation.journal;
}
