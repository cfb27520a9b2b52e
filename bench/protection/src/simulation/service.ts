import type { ServiceLoad } from '../policies/policy.ts';
import type { Conditions } from '../scenarios/conditions.ts';
import type { Cold } from '../scenarios/fault.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Attempt } from './attempt.ts';
import { Queue } from './queue.ts';

/** The environment of a service. */
export interface Surroundings {
  /** Calls `finished` after `duration` milliseconds. */
  workFor(attempt: Attempt, duration: number, run: number): void;

  /** Answers a call after `after` milliseconds. */
  answer(attempt: Attempt, succeeded: boolean, after: number): void;
}

/** Milliseconds until a refusal or an error is back. */
const FAILS_WITHIN = 1;

/** Several servers behind one first-in-first-out queue. Calls that timed out stay in the queue. */
export class Service implements ServiceLoad {
  readonly #scenario: Scenario;
  readonly #around: Surroundings;
  readonly #queue = new Queue<Attempt>();
  #conditions: Conditions;
  /** Bumped by a crash: the work of an earlier run is gone. */
  #run = 0;
  #working = new Set<Attempt>();
  /** Work that would be done if the process did not stand still. */
  #frozen: Attempt[] = [];
  #servers: number;
  #pace = 1;
  /** The cache since the last crash, and how many calls until it is warm. */
  #cache: Cold | undefined;
  #cold = 0;
  /** Calls that have reached it. */
  reached = 0;

  constructor(scenario: Scenario, conditions: Conditions, around: Surroundings) {
    this.#scenario = scenario;
    this.#around = around;
    this.#servers = scenario.servers;
    this.#conditions = conditions;
    this.#adjust();
  }

  /** Calls in it: in work or waiting. */
  get inside(): number {
    return this.#working.size + this.#queue.length;
  }

  /** How many it works on at once now. */
  get servers(): number {
    return this.#servers;
  }

  /** Calls a millisecond it can answer now. */
  get capacity(): number {
    const { down, frozen } = this.#conditions;
    return down || frozen ? 0 : this.#servers / (this.#scenario.service * this.#slowness);
  }

  change(conditions: Conditions): void {
    const before = this.#conditions;
    this.#conditions = conditions;
    this.#adjust();
    if (conditions.down && !before.down) this.#crash(conditions.down === 'refuses');
    if (!conditions.down && before.down) {
      this.#cache = before.cold;
      this.#cold = before.cold?.calls ?? 0;
    }
    if (!conditions.frozen) this.#thaw();
    this.#fill();
  }

  receive(attempt: Attempt): void {
    this.reached++;
    const { down, lost, absence, cut, cutting, errors } = this.#conditions;
    if (attempt.place < cut) this.#absent(attempt, cutting === 'refuses');
    else if (down) this.#absent(attempt, down === 'refuses');
    else if (attempt.shard < lost) this.#absent(attempt, absence === 'refuses');
    else if (attempt.luck < errors) this.#around.answer(attempt, false, FAILS_WITHIN);
    else {
      this.#queue.add(attempt);
      this.#fill();
    }
  }

  finished(attempt: Attempt, run: number): void {
    if (run !== this.#run) return;
    if (this.#conditions.frozen) {
      this.#frozen.push(attempt);
      return;
    }
    this.#working.delete(attempt);
    if (this.#cold > 0) this.#cold--;
    this.#around.answer(attempt, true, (this.#conditions.slower - 1) * attempt.work * this.#scenario.service);
    this.#fill();
  }

  #absent(attempt: Attempt, refuses: boolean): void {
    if (refuses) this.#around.answer(attempt, false, FAILS_WITHIN);
  }

  #crash(refuses: boolean): void {
    for (const attempt of [...this.#working, ...this.#queue.clear()]) this.#absent(attempt, refuses);
    this.#working = new Set();
    this.#frozen = [];
    this.#run++;
  }

  #thaw(): void {
    const thawed = this.#frozen;
    this.#frozen = [];
    for (const attempt of thawed) this.finished(attempt, this.#run);
  }

  #fill(): void {
    const { down, frozen } = this.#conditions;
    while (!down && !frozen && this.#working.size < this.#servers && this.#queue.length > 0) {
      const attempt = this.#queue.take();
      this.#working.add(attempt);
      this.#around.workFor(attempt, attempt.work * this.#scenario.service * this.#slowness, this.#run);
    }
  }

  /**
   * A share of the capacity is fewer servers, as near as whole ones can be, and the rest of the difference in their
   * pace.
   */
  #adjust(): void {
    const wanted = this.#scenario.servers * this.#conditions.capacity;
    this.#servers = Math.max(1, Math.round(wanted));
    this.#pace = wanted / this.#servers;
  }

  get #slowness(): number {
    const cold = this.#cache ? 1 + ((this.#cache.slower - 1) * this.#cold) / this.#cache.calls : 1;
    return cold / this.#pace;
  }
}
