import type { Millis } from '@switchgear/core';
import { POLICIES } from './simulation/policies.ts';
import type { Service } from './simulation/service.ts';
import { Simulation } from './simulation/simulation.ts';

/** How a service does that gives no trouble. */
export const WELL: Service = { traffic: 20, failures: 0, latency: 100, hangs: 0 };

/** Simulated milliseconds that have passed when somebody comes, so that there is something to see. */
const BEFORE: Millis = 20_000;

/** Real milliseconds that count at most between two looks at the clock: a page that slept does not catch up. */
const LONGEST: Millis = 250;

/** A simulation under somebody's hands: it can be run, slowed, stopped, stepped and begun anew. */
export class Playground {
  simulation: Simulation;
  seed = 1;
  isRunning: boolean;

  /** Simulated seconds in a real one. */
  speed = 1;
  #lookedAt: Millis | undefined;

  constructor(isRunning: boolean) {
    this.isRunning = isRunning;
    this.simulation = new Simulation({ seed: this.seed, service: WELL, policies: POLICIES });
    this.simulation.advance(BEFORE);
  }

  /** Real time has passed. */
  pass(now: Millis): void {
    const elapsed = Math.min(LONGEST, now - (this.#lookedAt ?? now));
    this.#lookedAt = now;
    if (this.isRunning) this.simulation.advance(elapsed * this.speed);
  }

  /** Stops, if it ran, and goes on by so much. */
  step(ms: Millis): void {
    this.isRunning = false;
    this.simulation.advance(ms);
  }

  /** Changes the service. */
  set(change: Partial<Service>): void {
    this.simulation.service = { ...this.simulation.service, ...change };
  }

  /** Begins anew with the settings of now. */
  restart(seed: number): void {
    this.seed = seed;
    const { service, lanes } = this.simulation;
    this.simulation = new Simulation({ seed, service, policies: POLICIES, values: lanes.map(({ values }) => values) });
    this.simulation.advance(BEFORE);
  }
}
