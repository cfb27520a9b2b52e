import type { Guard, Policy } from '../policies/policy.ts';
import { type Random, randomStream } from '../random/random-stream.ts';
import { type Conditions, conditionsAt } from '../scenarios/conditions.ts';
import { changesOf } from '../scenarios/fault.ts';
import { instanceAt, type Scenario } from '../scenarios/scenario.ts';
import { Agenda } from './agenda.ts';
import { Arrivals } from './arrivals.ts';
import type { Attempt, Owner } from './attempt.ts';
import { Attempts } from './attempts.ts';
import { EventLoop } from './event-loop.ts';
import { Instances } from './instances.ts';
import { Journal } from './journal.ts';
import { Queue } from './queue.ts';
import { Service, type Surroundings } from './service.ts';
import { timersOf } from './timers.ts';

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
  readonly #instances: Instances;
  readonly #service: Service;
  readonly #agenda = new Agenda<() => void>();
  /** Calls in the order of their timeouts, which are all equally long. */
  readonly #pending = new Queue<Attempt>();
  readonly #arrivals: Arrivals;
  readonly #retryRandom: Random;
  readonly #attempts: Attempts;
  readonly #loop: EventLoop;
  #conditions: Conditions;

  constructor(scenario: Scenario, policy: Policy, seed: number) {
    this.#scenario = scenario;
    this.#retryRandom = randomStream(seed, 'retries');
    this.#attempts = new Attempts(scenario, this);
    this.#loop = new EventLoop(scenario, this.#agenda);
    this.#conditions = this.#conditionsNow();
    this.#service = new Service(scenario, this.#conditions, this);
    for (const at of changesOf(scenario.faults)) this.#agenda.add(at, () => this.#change());
    for (let at = SECOND; at <= scenario.duration; at += SECOND)
      this.#agenda.add(at, () => this.journal.capacity.push(this.#service.capacity * SECOND));
    this.#arrivals = new Arrivals(scenario, seed, this.#conditions.load);
    this.#instances = new Instances(policy, scenario, seed, {
      now: () => this.time,
      after: timersOf(this.#agenda, () => this.time, scenario.duration + 2 * scenario.timeout),
      limited: () => void this.journal.limited++,
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
    else if (at === givenUpAt) this.#giveUp();
    else this.#arrive();
    return true;
  }

  get guard(): Guard {
    return this.#instances.guard;
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
    const end = (): void => this.#loop.run(this.time, () => this.#end(attempt, succeeded));
    if (after > 0) this.#agenda.add(this.time + after, end);
    else end();
  }

  #giveUp(): void {
    const attempt = this.#pending.take();
    this.#loop.run(this.time, () => this.#end(attempt, false));
  }

  #arrive(): void {
    const request = this.journal.came(this.time);
    const attempt = this.#attempts.make(request, 0, this.#arrivals.random);
    this.journal.instance.push(instanceAt(this.#scenario, attempt.place));
    this.#arrivals.advance(this.time, this.#conditions.load);
    this.#loop.run(this.time, () => this.#ask(attempt));
  }

  #ask(attempt: Attempt): void {
    this.touched = true;
    attempt.guard = this.#instances.next();
    attempt.guard.ask(attempt, this.time);
  }

  #end(attempt: Attempt, succeeded: boolean): void {
    if (attempt.over) return;
    attempt.over = true;
    this.touched = true;
    // Calls with an answer cannot time out any more.
    while (this.#pending.first?.over) this.#pending.take();
    attempt.guard.settle(attempt.pass, succeeded, this.time, this.time - attempt.startedAt);
    if (succeeded) this.journal.ended(attempt.request, 'useful', this.time);
    else this.#failed(attempt);
  }

  #failed({ request, number }: Attempt): void {
    this.journal.failedAt.push(this.time);
    if (number >= this.#scenario.retries) {
      this.journal.ended(request, 'failed', this.time);
      return;
    }
    const next = this.#attempts.make(request, number + 1, this.#retryRandom);
    const wait = RETRY_AFTER * 2 ** number * 2 * this.#retryRandom();
    this.#agenda.add(this.time + wait, () => this.#loop.run(this.time, () => this.#ask(next)));
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
}
