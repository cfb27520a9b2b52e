import {
  adaptive,
  type Breaker,
  createBreaker,
  expectTrouble,
  type Outcome,
  type Permit,
  snapshot,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { standing } from '../properties/machine.ts';
import { must, same } from '../properties/must.ts';
import { type Deed, type Doings, others } from './deeds.ts';

/** Milliseconds after which the place of an unsettled call is reclaimed. */
const PERMIT_TIMEOUT = 500;

interface Held {
  readonly permit: Permit;
  readonly generation: number;
  /** By which vitals it was counted. */
  readonly counted: unknown;
  settled: boolean;
}

/** A breaker in adaptive mode beside a list of its permits. Throws if they disagree. */
export class AdaptiveLife {
  readonly clock = manualClock();
  readonly breaker: Breaker;
  readonly #held: Held[] = [];
  moves = 0;

  constructor() {
    const { clock } = this;
    this.breaker = createBreaker({
      name: 'life',
      clock,
      random: () => 0.5,
      ...adaptive(),
      permitTimeout: PERMIT_TIMEOUT,
    });
    this.breaker.subscribe(({ type }) => type === 'move' && this.moves++);
  }

  live(history: Doings): void {
    for (const [passed, done] of history) {
      this.clock.advance(passed);
      this.#do(done);
      this.#examine();
    }
  }

  #do(done: Deed): void {
    const { breaker } = this;
    if (done.does === 'acquire') for (let call = 0; call < done.times; call++) this.acquire();
    else if (done.does === 'settle')
      for (let call = 0; call < done.times; call++) this.#settle(done.age + call, done.outcome);
    else if (done.does === 'serve') for (let call = 0; call < done.times; call++) this.#serve(done.takes, done.outcome);
    else if (done.does === 'record') breaker.record(done.outcome);
    else if (done.does === 'mode') breaker.setMode(done.to);
    else if (done.does === 'trip') breaker.trip(done.ms);
    else if (done.does === 'reconfigure') breaker.reconfigure(others[done.to]);
    else if (done.does === 'look') this.#look();
    else if (done.does === 'expectTrouble') this.#vitals && expectTrouble(breaker, 100);
    else breaker[done.does]();
  }

  get #vitals() {
    return standing(this.breaker).vitals;
  }

  #look(): void {
    const { breaker } = this;
    const before = JSON.stringify([standing(breaker).state, this.#vitals?.unanswered]);
    const seen = () => [breaker.state, breaker.retryAfter, breaker.metrics(), snapshot(breaker)];
    must(same(seen(), seen()), () => 'two readings differ');
    must(before === JSON.stringify([standing(breaker).state, this.#vitals?.unanswered]), () => 'reading has an effect');
  }

  acquire(): Permit | undefined {
    const { breaker } = this;
    const permit = breaker.tryAcquire();
    if (permit) {
      const { generation } = standing(breaker).state;
      this.#held.push({ permit, generation, counted: this.#vitals, settled: false });
    } else must(breaker.retryAfter >= 1, () => `refused, and to come again in ${breaker.retryAfter} ms`);
    return permit;
  }

  /** One call that ends before the next. */
  #serve(takes: number, outcome: Outcome = 'success'): void {
    const permit = this.acquire();
    this.clock.advance(takes);
    if (permit) this.#settle(0, outcome);
  }

  #settle(age: number, outcome: Outcome): void {
    const call = this.#held.at(-1 - age);
    if (!call) return;
    const { breaker } = this;
    const before = standing(breaker).state;
    const isLate = call.settled || call.generation !== before.generation;
    const load = this.#vitals?.load ?? 0;
    call.permit.settle(outcome);
    if (isLate) must(standing(breaker).state === before, () => 'a late answer has moved it');
    if (call.settled) must(this.#vitals?.load === load || !this.#vitals, () => 'a permit gave its place back twice');
    call.settled = true;
  }

  #examine(): void {
    const { breaker } = this;
    const { errors, lost, rejected, state } = breaker.metrics();
    must(errors === 0, () => `${errors} errors`);
    must(lost >= 0 && rejected >= 0, () => `${lost} lost, ${rejected} refused`);
    must(breaker.state === state, () => 'two states at once');
    const vitals = this.#vitals;
    if (!vitals) return;
    const { load, outstanding, unanswered, latency, normalLatency, gap, silentFor } = vitals;
    const open = this.#held.filter(({ counted, settled }) => counted === vitals && !settled).length;
    must(outstanding === open, () => `${open} permits are out, and ${outstanding} calls under way`);
    must(load >= 0 && load <= outstanding, () => `a load of ${load}, and ${outstanding} under way`);
    must(unanswered >= 0 && unanswered <= outstanding, () => `${unanswered} unanswered of ${outstanding}`);
    must(vitals.late <= load, () => `${vitals.late} late of a load of ${load}`);
    for (const [name, number] of Object.entries({
      latency,
      normalLatency,
      gap,
      silentFor,
      patience: vitals.patience(this.clock.now()),
      rate: vitals.rate(this.clock.now()),
    })) {
      must(number >= 0 && Number.isFinite(number), () => `${name} is ${number}`);
    }
    const relapse = vitals.relapse(this.clock.now());
    must(relapse >= 0 && relapse <= 1, () => `a relapse of ${relapse}`);
  }

  /** How many minutes a healthy service and steady callers need to close it, whatever the history left behind. */
  minutesToHeal(): number {
    const { breaker, clock } = this;
    breaker.setMode('active');
    const began = clock.now();
    while (breaker.state !== 'closed' && clock.now() < began + 3_600_000) {
      clock.advance(40);
      this.#serve(10);
    }
    this.#examine();
    return (clock.now() - began) / 60_000;
  }
}
