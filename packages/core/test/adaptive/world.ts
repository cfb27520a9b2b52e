import {
  adaptive,
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  createBreaker,
  explain,
} from '../../src/index.ts';
import { Chance } from '../proofs/soak/chance.ts';
import { Agenda } from './agenda.ts';
import { type Health, Server } from './server.ts';

/** What a caller does with a call: waits for its end, leaves after this many milliseconds, or never settles. */
export type Patience = 'waits' | 'forgets' | number;

/** A small world with one breaker between many callers and one service. Seconds in, virtual milliseconds inside. */
export interface WorldOptions {
  /** Calls a second, at random times. */
  readonly rate: number | ((at: number) => number);

  /** How the service is at a millisecond. */
  readonly health: (at: number) => Health;

  /** Milliseconds after which a caller takes a call for failed. */
  readonly timeLimit?: number;
  readonly patience?: (at: number, chance: Chance) => Patience;

  /** For a millisecond at which callers and service stand still, when that is over; otherwise the same millisecond. */
  readonly stall?: (at: number) => number;

  /** The same for a stall of the callers' event loop alone: the service goes on, and answers come after new calls. */
  readonly block?: (at: number) => number;
  readonly seed?: number;

  /** Without one, every call is made. */
  readonly breaker?: Partial<BreakerOptions> | 'none';
}

/** What has become of the calls. */
export interface Counts {
  offered: number;
  refused: number;
  useful: number;
  failed: number;
}

export class World {
  readonly #agenda = new Agenda();
  readonly #options: WorldOptions;
  readonly chance: Chance;
  readonly server: Server;
  readonly breaker: Breaker | undefined;
  readonly events: BreakerEvent[] = [];
  counts: Counts = { offered: 0, refused: 0, useful: 0, failed: 0 };
  now = 0;

  constructor(options: WorldOptions) {
    const { breaker = {}, seed = 1, health } = options;
    const now = () => this.now;
    this.#options = options;
    this.chance = new Chance(seed);
    this.server = new Server(this.#agenda, now, this.chance, health);
    if (breaker !== 'none') {
      const clock = { now };
      this.breaker = createBreaker({ name: 'w', clock, random: this.chance.next, ...adaptive(), ...breaker });
      this.breaker.subscribe((event) => event.type !== 'reject' && this.events.push(event));
    }
    this.#agenda.add(0, this.#arrive);
  }

  /** Lets the world go on until this many seconds. What has become of the calls since it last stood still. */
  until(seconds: number): Counts {
    const counts = { offered: 0, refused: 0, useful: 0, failed: 0 };
    this.counts = counts;
    const { stall = (at: number) => at } = this.#options;
    for (let next = this.#agenda.next(seconds * 1_000); next; next = this.#agenda.next(seconds * 1_000)) {
      this.now = Math.max(this.now, stall(next.at));
      next.happens();
    }
    this.now = Math.max(this.now, seconds * 1_000);
    return counts;
  }

  /** Runs an action at this second. */
  at(second: number, happens: () => void): void {
    this.#agenda.add(second * 1_000, happens);
  }

  /** The openings and other moves from this second on, in words. */
  story(from: number = 0): string[] {
    return this.moves(from).map((event) => `${(event.at / 1_000).toFixed(2)} ${explain(event)}`);
  }

  moves(from: number = 0): BreakerEvent[] {
    return this.events.filter(({ type, at }) => type === 'move' && at >= from * 1_000);
  }

  /** How long after this second it first came to a state, in milliseconds. */
  delay(to: string, from: number): number {
    const move = this.moves(from).find((event) => event.to === to);
    return move ? move.at - from * 1_000 : Infinity;
  }

  /** A job makes this many calls at once, and then the next job begins, if there is one. */
  burst(calls: number, next?: () => void): void {
    let left = calls;
    for (let call = 0; call < calls; call++) this.#call(() => --left === 0 && next?.());
  }

  readonly #arrive = (): void => {
    const { rate } = this.#options;
    const { now, chance } = this;
    const perSecond = typeof rate === 'number' ? rate : rate(now);
    this.#agenda.add(now + chance.after(1_000 / perSecond), this.#arrive);
    this.#reach(() => this.#call());
  };

  /** Something reaches the callers: now, or as soon as their event loop is free. */
  #reach(happens: () => void, later: number = 0): void {
    const { block = (at: number) => at } = this.#options;
    const free = block(this.now);
    if (free === this.now) happens();
    else this.#agenda.add(free + later, happens);
  }

  #call(isDone: () => void = () => {}): void {
    const { patience = () => 'waits' as const } = this.#options;
    const { now, chance, counts } = this;
    counts.offered++;
    const permit = this.breaker?.tryAcquire();
    if (this.breaker && !permit) {
      counts.refused++;
      isDone();
      return;
    }
    const has = patience(now, chance);
    const { timeLimit = 1_000 } = this.#options;
    let isOver = false;
    const end = (outcome: 'success' | 'failure' | 'ignored'): void => {
      if (isOver) return;
      isOver = true;
      if (outcome === 'success') this.counts.useful++;
      if (outcome === 'failure') this.counts.failed++;
      if (has !== 'forgets') permit?.settle(outcome);
      isDone();
    };
    // Of what has waited for the event loop, timers come first: a millionth of a second later come the answers.
    this.server.call((isGood) => this.#reach(() => end(isGood ? 'success' : 'failure'), 1e-3));
    this.#agenda.add(now + timeLimit, () => this.#reach(() => end('failure')));
    if (typeof has === 'number') this.#agenda.add(now + has, () => end('ignored'));
  }
}
