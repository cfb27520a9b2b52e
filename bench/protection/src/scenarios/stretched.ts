import type { Scenario } from './scenario.ts';

/**
 * The same, with all its times longer or shorter by a factor. A breaker that asks every 10 s would otherwise be lucky
 * each time a fault of 20 s ends.
 */
export function stretched(scenario: Scenario, factor: number): Scenario {
  const faults = scenario.faults.map((fault) => ({ ...fault, from: fault.from * factor, to: fault.to * factor }));
  return { ...scenario, faults, duration: scenario.duration * factor };
}
