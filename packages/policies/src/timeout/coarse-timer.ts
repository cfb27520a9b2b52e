import type { Millis } from '@switchgear/core';
import type { Waiting, WaitingRow } from '../call/waiting.ts';
import { type HostTime, isFake, keepsNobodyAlive } from './host.ts';

/** A row is looked at 32 times in its limit, so a call ends late by a sixteenth of its limit at most. */
const LOOKS = 32;
/** Not oftener than every millisecond, and at least every 25 ms: 40 wake-ups a second cost a core 0.3 %. */
const SHORTEST_STEP: Millis = 1;
const LONGEST_STEP: Millis = 25;

/**
 * One interval for all who wait, while anybody does. Nobody reads a clock to begin waiting or to end: who is new is dated at
 * the next look, so nobody's time is over early.
 */
class CoarseTimer {
  readonly time: HostTime;
  readonly #rows = new Set<CoarseRow>();
  #interval: unknown = undefined;
  #step: Millis = Infinity;
  #lastLook = 0;
  #wasPatient = false;

  constructor(time: HostTime) {
    this.time = time;
  }

  /** From now on somebody waits in this row. */
  watch(row: CoarseRow): void {
    this.#rows.add(row);
    if (row.step >= this.#step) return;
    const { setInterval, now } = this.time;
    this.#stop();
    this.#step = row.step;
    this.#lastLook = now();
    this.#interval = keepsNobodyAlive(setInterval(() => this.#look(), row.step));
  }

  #look(): void {
    const at = this.time.now();
    // After a long silence this process was busy, not those it waits for: answers may be here that nobody has read yet.
    const isPatient = !this.#wasPatient && at - this.#lastLook > 2 * this.#step;
    this.#wasPatient = isPatient;
    this.#lastLook = at;
    for (const row of this.#rows) {
      if (row.isEmpty) this.#forget(row);
      else row.look(at, isPatient);
    }
    if (this.#rows.size === 0) this.#stop();
  }

  #forget(row: CoarseRow): void {
    row.isWatched = false;
    this.#rows.delete(row);
  }

  #stop(): void {
    const { clearInterval } = this.time;
    clearInterval(this.#interval as number);
    this.#step = Infinity;
  }
}

/** A list in which the first has waited longest. */
export class CoarseRow implements WaitingRow {
  readonly isShared = true;
  readonly step: Millis;
  isWatched = false;
  readonly #limit: Millis;
  readonly #time: HostTime;
  readonly #setTimeout: typeof setTimeout;
  readonly #isBun: boolean = 'Bun' in globalThis;
  #first: Waiting | undefined = undefined;
  #last: Waiting | undefined = undefined;

  constructor(limit: Millis, time: HostTime) {
    this.#limit = limit;
    this.#time = time;
    this.#setTimeout = time.setTimeout;
    this.step = Math.min(LONGEST_STEP, Math.max(SHORTEST_STEP, limit / LOOKS));
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** Asked before each call: on all runtimes but Bun other timers are other functions. */
  isHere(): boolean {
    return this.#setTimeout === setTimeout && !(this.#isBun && isFake(setTimeout));
  }

  add(waiting: Waiting): void {
    const last = this.#last;
    waiting.earlier = last;
    if (last) last.later = waiting;
    else this.#first = waiting;
    this.#last = waiting;
    if (!this.isWatched) this.#beWatched();
  }

  #beWatched(): void {
    this.isWatched = true;
    if (timer?.time !== this.#time) timer = new CoarseTimer(this.#time);
    timer.watch(this);
  }

  remove(waiting: Waiting): void {
    const { earlier, later } = waiting;
    if (earlier) earlier.later = later;
    else if (this.#first === waiting) this.#first = later;
    else return;
    if (later) later.earlier = earlier;
    else this.#last = earlier;
    waiting.earlier = undefined;
    waiting.later = undefined;
  }

  /** Dates the newcomers and sends away whose time is over. */
  look(at: number, isPatient: boolean): void {
    for (let each = this.#last; each && each.since === undefined; each = each.earlier) each.since = at;
    while (!isPatient && this.#first && at - (this.#first.since ?? at) >= this.#limit) {
      const over = this.#first;
      this.remove(over);
      over.expire();
    }
  }
}

let timer: CoarseTimer | undefined;
