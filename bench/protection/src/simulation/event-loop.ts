import type { Scenario } from '../scenarios/scenario.ts';
import type { Agenda } from './agenda.ts';

/** The event loop of the client, which may stand still now and then: what happens meanwhile reaches it afterwards. */
export class EventLoop {
  readonly #stalls: Scenario['stalls'];
  readonly #agenda: Agenda<() => void>;

  constructor({ stalls }: Scenario, agenda: Agenda<() => void>) {
    this.#stalls = stalls;
    this.#agenda = agenda;
  }

  /** Runs it now, or when the loop does again. */
  run(now: number, what: () => void): void {
    const until = this.#runsAgain(now);
    if (until > now) this.#agenda.add(until, what);
    else what();
  }

  #runsAgain(now: number): number {
    if (!this.#stalls) return now;
    const { lasting, every } = this.#stalls;
    const into = now % every;
    return into < lasting ? now - into + lasting : now;
  }
}
