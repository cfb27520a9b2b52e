import type { Guard, Policy } from '../policies/policy.ts';
import { exponentialDraw, type Random, randomStream } from '../random/random-stream.ts';
import { type Conditions, conditionsAt } from '../scenarios/conditions.ts';
import { changesOf } from '../scenarios/fault.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { Agenda } from './agenda.ts';
import { Arrivals } from './arrivals.ts';
import { Attempt, type Owner } from './attempt.ts';
import { Journal } from './journal.ts';
import { Queue } from './queue.ts';
import { Service, type Surroundings } from './service.ts';

/** Milliseconds before a first retry, on average; each further one waits twice as long. */
const RETRY_AFTER = 100;
const SECOND = 1_000;

/** One run of a scenario with a policy and a seed. It depends on nothing else. */
export class Simulation implements Owner, Surroundings {
  readonly journal = new Journal();
  /** Milliseconds since the beginning. */
  time = 0;
  /** Whether the guard was called since this was last reset. */
  touched = false;

  readonly #scenario: Scenario;
  readonly #guard: Guard;
  readonly #service: Service;
  readonly #agenda = new Agenda<() => void>();
  /** Calls in the order of their timeouts, which are all equally long. */
  readonly #pending = new Queue<Attempt>();
  readonly #arrivals: Arrivals;
  readonly #retryRandom: Random;
  #conditions: Conditions;

  constructor(scenario: Scenario, policy: Policy, seed: number) {
    this.#scenario = scenario;
    this.#retryRandom = randomStream(seed, 'retries');
    this.#conditions = this.#conditionsNow();
    this.#service = new Service(scenario, this.#conditions, this);
    for (const at of changesOf(scenario.faults)) this.#agenda.add(at, () => this.#change());
    for (let at = SECOND; at <= scenario.duration; at += SECOND) this.#agenda.add(at, () => this.#measureCapacity());
    this.#arrivals = new Arrivals(scenario, seed, this.#conditions.load);
    this.#guard = policy.start({
      now: () => this.time,
      random: randomStream(seed, 'policy'),
      secrets: { scenario, service: this.#service, conditions: () => this.#conditions },
    });
  }

  /** Runs the next event. @returns false if there is none */
  step(): boolean {
    const nextUp = this.#pending.first;
    const givenUpAt = nextUp ? nextUp.startedAt + this.#scenario.timeout : Number.POSITIVE_INFINITY;
    const agendaAt = this.#agenda.next;
    const at = Math.min(this.#arrivals.next, givenUpAt, agendaAt);
    if (at === Number.POSITIVE_INFINITY) return false;
    this.time = at;
    if (at === agendaAt) this.#agenda.take()();
    else if (at === givenUpAt) this.#end(this.#pending.take(), false);
    else this.#arrive();
    return true;
  }

  get guard(): Guard {
    return this.#guard;
  }

  proceed(attempt: Attempt): void {
    attempt.startedAt = this.time;
    this.journal.calledAt.push(this.time);
    this.#pending.add(attempt);
    this.#service.receive(attempt);
  }

  refuse({ request }: Attempt): void {
    this.journal.ended(request, 'refused', this.time);
  }

  workFor(attempt: Attempt, duration: number, run: number): void {
    this.#agenda.add(this.time + duration, () => this.#service.finished(attempt, run));
  }

  answer(attempt: Attempt, succeeded: boolean, after: number): void {
    if (after > 0) this.#agenda.add(this.time + after, () => this.#end(attempt, succeeded));
    else this.#end(attempt, succeeded);
  }

  #arrive(): void {
    const request = this.journal.came(this.time);
    const attempt = this.#attempt(request, 0, this.#arrivals.random);
    this.#arrivals.advance(this.time, this.#conditions.load);
    this.#ask(attempt);
  }

  #attempt(request: number, number: number, random: Random): Attempt {
    return new Attempt(this, request, number, random(), random(), exponentialDraw(random));
  }

  #ask(attempt: Attempt): void {
    this.touched = true;
    this.#guard.ask(attempt, this.time);
  }

  #end(attempt: Attempt, succeeded: boolean): void {
    if (attempt.over) return;
    attempt.over = true;
    this.touched = true;
    this.#forgetAnswered();
    this.#guard.settle(attempt.pass, succeeded, this.time, this.time - attempt.startedAt);
    if (succeeded) this.journal.ended(attempt.request, 'useful', this.time);
    else this.#failed(attempt);
  }

  #failed({ request, number }: Attempt): void {
    this.journal.failedAt.push(this.time);
    if (number >= this.#scenario.retries) {
      this.journal.ended(request, 'failed', this.time);
      return;
    }
    const next = this.#attempt(request, number + 1, this.#retryRandom);
    const wait = RETRY_AFTER * 2 ** number * 2 * this.#retryRandom();
    this.#agenda.add(this.time + wait, () => this.#ask(next));
  }

  /** Removes calls with an answer, which cannot time out any more. */
  #forgetAnswered(): void {
    while (this.#pending.first?.over) this.#pending.take();
  }

  #change(): void {
    const { load } = this.#conditions;
    this.#conditions = this.#conditionsNow();
    this.#service.change(this.#conditions);
    this.#arrivals.changeLoad(this.time, load, this.#conditions.load);
  }

  #conditionsNow(): Conditions {
    return conditionsAt(this.#scenario.faults, this.#scenario.noise, this.time);
  }

  #measureCapacity(): void {
    this.journal.capacity.push(this.#service.capacity * SECOND);
  }
}
