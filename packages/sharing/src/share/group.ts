import type { Breaker, Company, Millis, Mode, Seat, Verdict } from '@switchgear/core';
import { ask, invalid, notify, reportTo } from '@switchgear/core/adapter';
import type { Fellowship } from '../circuit/fellowship.ts';
import type { Attendance, Fleet } from '../circuit/prober.ts';
import { SharedCircuit } from '../circuit/shared-circuit.ts';
import { isLater } from '../report/later.ts';
import { LONGEST_NAME, type Report, type Word } from '../report/report.ts';
import type { SharingEvent } from './events.ts';
import type { ResolvedShare } from './options.ts';
import { Peers } from './peers.ts';

/** The longest rest between probes of an instance that is alone. */
const MOST_REST: Millis = 30_000;

/** What one instance knows of its group: its own circuits, and what others tell of theirs. */
export class Group implements Fellowship, Fleet {
  readonly options: ResolvedShare;
  readonly life: string;
  readonly peers: Peers = new Peers();
  readonly circuits: Map<string, SharedCircuit> = new Map();
  readonly stir: () => void;
  /** What decides which instance probes, if anything does. */
  readonly attendance: Attendance | undefined;

  constructor(options: ResolvedShare, life: string, stir: () => void) {
    this.options = options;
    this.life = life;
    this.stir = stir;
    this.attendance = options.prober?.attend(this);
  }

  get probing(): number {
    return this.attendance?.appoints ? 1 : this.instances;
  }

  get instances(): number {
    return this.peers.size + 1;
  }

  get quorum(): number {
    return Math.min(this.options.quorum, this.instances);
  }

  now(): Millis {
    return this.options.clock.now();
  }

  /** Takes in a breaker, unless its name is one that others would not read, or that of another breaker. */
  enter(breaker: Breaker, seat: Seat): Company {
    const reporter = { report: (error: unknown) => this.announce({ type: 'fault', error }) };
    const name = ask('nameOf', reporter, this.options.nameOf, breaker);
    if (name === undefined) return {};
    if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME || this.circuits.has(name)) {
      const rule = `a string of 1 to ${LONGEST_NAME} characters that no other shared breaker has`;
      reporter.report(new TypeError(`Switchgear: the name of a shared breaker must be ${rule}, got ${name}`));
      return {};
    }
    const circuit = new SharedCircuit(breaker, name, seat, this);
    circuit.left = () => {
      this.circuits.delete(name);
      this.attendance?.leave(circuit);
    };
    this.circuits.set(name, circuit);
    this.attendance?.enter(circuit, seat);
    return circuit;
  }

  /** Brings all circuits up to date. Returns those that others should be told of. */
  refreshed(): SharedCircuit[] {
    const now = this.now();
    for (const circuit of this.circuits.values()) circuit.refresh();
    return [...this.circuits.values()].filter((circuit) => circuit.inQuestion(now));
  }

  /**
   * Takes a report.
   *
   * @param age how long ago it was sent
   * @param ran how long this instance has been running
   * @returns whether there was anything new in it
   */
  hear(report: Report, age: Millis, ran: Millis): boolean {
    const wasAlone = this.peers.size === 0;
    const news = this.peers.hear(report, (name) => this.circuits.has(name), this.now() - age, ran);
    if (!news) return false;
    if (wasAlone) this.announce({ type: 'together', instances: this.instances });
    for (const [told, before, beforeAt] of news.told) {
      const circuit = this.circuits.get(told.name);
      circuit?.hear(news.peer, told, before, beforeAt);
      if (circuit && told.word) this.obey(circuit, told.word);
    }
    // A newcomer asks how things stand; and who is told of trouble tells what it knows.
    if (report.flag === 'hello' || news.told.length > 0) this.stir();
    return true;
  }

  /** Forgets a life, or those that have been silent for too long by this running time. */
  forget(gone: string | Millis): void {
    const lives = this.peers.forget(gone);
    const isAlone = lives.length > 0 && this.peers.size === 0;
    for (const circuit of this.circuits.values()) {
      for (const life of lives) circuit.lost(life);
      if (isAlone) circuit.alone(MOST_REST);
    }
    if (isAlone) this.announce({ type: 'alone' });
  }

  of(breaker: Breaker): SharedCircuit | undefined {
    return [...this.circuits.values()].find((circuit) => circuit.breaker === breaker);
  }

  /** An operator sets a mode for all. */
  command(breaker: Breaker, mode: Mode): void {
    const circuit = this.of(breaker);
    if (!this.options.carryModes) invalid('setMode', 'called where share has carryModes: true', breaker?.name);
    if (!circuit) invalid('setMode', 'given a breaker of this sharing', breaker);
    breaker.setMode(mode);
    circuit.word = { count: (circuit.word?.count ?? 0) + 1, life: this.life, mode };
    this.stir();
    this.attendance?.stir();
  }

  /** Obeys an operator's word if it is later than the one that is known. */
  obey(circuit: SharedCircuit, word: Word): void {
    if (!this.options.carryModes || !isLater(word, circuit.word)) return;
    circuit.word = word;
    circuit.breaker.setMode(word.mode);
  }

  dissented({ name, clock }: Breaker, verdict: Verdict): void {
    this.announce({ type: 'dissent', breaker: name, because: { ...verdict, at: clock.now() } });
  }

  announce(event: SharingEvent): void {
    notify('onEvent', reportTo(undefined), this.options.onEvent, event);
  }
}
