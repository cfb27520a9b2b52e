import type { Millis, Seat } from '@switchgear/core';
import type { Attendance, Fleet } from '../circuit/prober.ts';
import type { SharedCircuit } from '../circuit/shared-circuit.ts';
import type { Register } from '../ports/register.ts';
import { type Agreed, encodeAgreed } from './agreed.ts';
import { Alarm } from './alarm.ts';
import { Candidate } from './candidate.ts';
import { RegisterLine, SILENCE } from './register-line.ts';

/** How often it is read while a circuit is open, at most, and for each instance: 200 readings a second in all. */
const TICK: Millis = 250;
const TICK_PER_INSTANCE: Millis = 5;
/** How often it is read while a circuit is open if it tells of changes by itself: to know that it is there. */
const PULSE: Millis = 1_000;
/** How often it is read otherwise: if an operator's word may come, or if it is silent. */
const SELDOM: Millis = 2_000;
/** For how long what is written may be needed beyond its own time, and an operator's word. */
const HOUR: Millis = 3_600_000;
const MONTH: Millis = 30 * 24 * HOUR;

/** The circuits of one sharing, and what a register says about who of them probes. */
export class Appointments implements Attendance {
  readonly #register: Register;
  readonly #fleet: Fleet;
  readonly #lease: Millis;
  readonly #line: RegisterLine;
  readonly #alarm: Alarm;
  readonly #prefix: string;
  readonly #candidates = new Map<string, Candidate>();
  /** What is being written without an answer so far: in place of which version, and since when. */
  readonly #swaps = new WeakMap<Candidate, { readonly version: string | undefined; readonly since: Millis }>();
  readonly #unwatch: (() => void) | undefined;
  #readAt: Millis = -Infinity;
  #readingSince: Millis = -Infinity;

  constructor(register: Register, lease: Millis, fleet: Fleet) {
    this.#register = register;
    this.#fleet = fleet;
    this.#lease = lease;
    this.#line = new RegisterLine(fleet);
    this.#alarm = new Alarm(fleet, () => void this.#act());
    this.#prefix = `${encodeURIComponent(fleet.options.group)}/`;
    this.#unwatch = this.#watch();
  }

  get appoints(): boolean {
    return !this.#line.isSilent;
  }

  enter(circuit: SharedCircuit, seat: Seat): void {
    const candidate = new Candidate(circuit, seat, this.#fleet, this.#lease);
    this.#candidates.set(circuit.name, candidate);
    circuit.followed = () => {
      candidate.moved(this.appoints);
      this.#alarm.hurry();
    };
    // What is written of it is not known yet.
    this.#readAt = -Infinity;
    this.#alarm.hurry();
  }

  leave({ name }: SharedCircuit): void {
    this.#candidates.delete(name);
  }

  stir(): void {
    this.#alarm.hurry();
  }

  sync(): Promise<void> | undefined {
    return this.#alarm.isDue ? this.#act() : undefined;
  }

  async stop(): Promise<void> {
    this.#alarm.stop();
    this.#unwatch?.();
    const holders = [...this.#candidates.values()].filter(({ farewell }) => farewell);
    if (holders.length === 0) return;
    await this.#line.leave(Promise.all(holders.map((each) => this.#swap(each, each.farewell))));
  }

  async #act(): Promise<void> {
    this.#line.check();
    const asked = [this.#read(), this.#attendAll()];
    this.#alarm.set(this.#pause);
    await Promise.all(asked);
  }

  get #pause(): Millis {
    const isBusy = [...this.#candidates.values()].some((each) => each.isBusy);
    if (isBusy && this.appoints) return Math.max(TICK, TICK_PER_INSTANCE * this.#fleet.instances);
    const isRead = isBusy || !this.appoints || (this.#fleet.options.carryModes && !this.#unwatch);
    return isRead ? SELDOM : Infinity;
  }

  async #attendAll(): Promise<void> {
    if (this.appoints) await Promise.all(Array.from(this.#candidates.values(), (each) => this.#attend(each)));
  }

  #attend(candidate: Candidate): Promise<void> | undefined {
    const { version, since = -Infinity } = this.#swaps.get(candidate) ?? {};
    const isSwapping = candidate.version === version && this.#fleet.now() - since < SILENCE;
    return isSwapping ? undefined : this.#swap(candidate, candidate.act());
  }

  async #read(): Promise<void> {
    const now = this.#fleet.now();
    const every = this.#unwatch && this.appoints ? PULSE : TICK;
    if (now - this.#readAt < every || now - this.#readingSince < SILENCE) return;
    this.#readingSince = now;
    const question = () => this.#register.read(this.#prefix);
    await this.#line.ask(question, (found) => {
      this.#readAt = now;
      const news = [...this.#candidates.values()].filter(({ answeredAt }) => answeredAt < now);
      for (const each of news) each.take(found.get(this.#prefix + each.circuit.name));
    });
    this.#readingSince = -Infinity;
    if (this.#readAt === now) await this.#attendAll();
  }

  async #swap(candidate: Candidate, next: Agreed | undefined): Promise<void> {
    if (!next) return;
    const { wait, mode } = next;
    const ttl = Math.round(wait) + this.#lease + (mode && mode.mode !== 'active' ? MONTH : HOUR);
    const { version } = candidate;
    const swap = { version, since: this.#fleet.now() };
    this.#swaps.set(candidate, swap);
    const key = this.#prefix + candidate.circuit.name;
    const question = () => this.#register.swap(key, version, encodeAgreed(next), ttl);
    await this.#line.ask(question, ({ won, now }) => {
      candidate.answeredAt = this.#fleet.now();
      candidate.take(now);
      // A lease that was won is made use of at once.
      if (won && next.lease) candidate.act();
    });
    if (this.#swaps.get(candidate) === swap) this.#swaps.delete(candidate);
  }

  #watch(): (() => void) | undefined {
    try {
      return this.#register.watch?.(this.#prefix, (key, written) => {
        this.#candidates.get(key.slice(this.#prefix.length))?.take(written);
        this.#alarm.hurry();
      });
    } catch (error) {
      this.#fleet.announce({ type: 'fault', error });
      return undefined;
    }
  }
}
