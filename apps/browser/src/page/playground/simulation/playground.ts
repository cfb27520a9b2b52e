import type { Millis } from '@switchgear/core';
import { POLICIES } from './policies.ts';
import type { Service } from './service.ts';
import { Simulation } from './simulation.ts';

/** A healthy service. */
export const WELL: Service = { traffic: 20, failures: 0, latency: 100, hangs: 0 };

/** Simulated milliseconds before the start, so that the charts are not empty. */
const BEFORE: Millis = 20_000;

/** The longest real time in milliseconds that one tick advances, so that a suspended page does not catch up. */
const LONGEST: Millis = 250;

/** The controls of a simulation: run, pause, speed, step and restart. */
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

  /** Pauses, and advances by this duration. */
  step(ms: Millis): void {
    this.isRunning = false;
    this.simulation.advance(ms);
  }

  /** Changes the service. */
  set(change: Partial<Service>): void {
    this.simulation.service = { ...this.simulation.service, ...change };
  }

  /** Restarts with the current settings. */
  restart(seed: number): void {
    this.seed = seed;
    const { service, lanes } = this.simulation;
    this.simulation = new Simulation({ seed, service, policies: POLICIES, values: lanes.map(({ values }) => values) });
    this.simulation.advance(BEFORE);
  }
}
