import type { Millis } from '@switchgear/core';
import { type HostTime, hostTime, isFake, isRuntimesOwn, timersBelongToRequests, unreferenced } from './host.ts';
import { OwnTimers, type TimerEntry, type TimerList } from './timer-list.ts';

/** A list is checked 32 times within its limit, so an entry expires late by at most a sixteenth of the limit. */
const CHECKS = 32;
/** At most once a millisecond and at least every 25 ms: 40 wake-ups a second cost 0.3 % of a core. */
const SHORTEST_STEP: Millis = 1;
const LONGEST_STEP: Millis = 25;

/**
 * One interval for all lists, running only while one of them has entries. Adding and removing an entry read no clock: new
 * entries are dated at the next check, so none expires early.
 */
class CoarseTimer {
  readonly time: HostTime;
  readonly #lists = new Set<CoarseList>();
  #interval: unknown = undefined;
  #step: Millis = Infinity;
  #lastCheck = 0;
  #hasWaited = false;

  constructor(time: HostTime) {
    this.time = time;
  }

  /** Checks this list from now on, until it is empty. */
  watch(list: CoarseList): void {
    this.#lists.add(list);
    if (list.step >= this.#step) return;
    const { setInterval, now } = this.time;
    this.#stop();
    this.#step = list.step;
    this.#lastCheck = now();
    this.#interval = unreferenced(setInterval(() => this.#check(), list.step));
  }

  #check(): void {
    const at = this.time.now();
    // A late check means that this process was busy: answers may have arrived that it has not read yet, so wait once more.
    const mayExpire = this.#hasWaited || at - this.#lastCheck <= 2 * this.#step;
    this.#hasWaited = !mayExpire;
    this.#lastCheck = at;
    for (const list of this.#lists) {
      if (list.isEmpty) this.#forget(list);
      else list.check(at, mayExpire);
    }
    if (this.#lists.size === 0) this.#stop();
  }

  #forget(list: CoarseList): void {
    list.isWatched = false;
    this.#lists.delete(list);
  }

  #stop(): void {
    const { clearInterval } = this.time;
    clearInterval(this.#interval as number);
    this.#step = Infinity;
  }
}

/** A linked list on the shared timer; its first entry expires first. */
export class CoarseList implements TimerList {
  readonly isShared = true;
  readonly step: Millis;
  isWatched = false;
  readonly #limit: Millis;
  readonly #time: HostTime;
  readonly #setTimeout: typeof setTimeout;
  readonly #isBun: boolean = 'Bun' in globalThis;
  #first: TimerEntry | undefined = undefined;
  #last: TimerEntry | undefined = undefined;

  constructor(limit: Millis, time: HostTime) {
    this.#limit = limit;
    this.#time = time;
    this.#setTimeout = time.setTimeout;
    this.step = Math.min(LONGEST_STEP, Math.max(SHORTEST_STEP, limit / CHECKS));
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** Asked before each call. Fake timers are different functions, except on Bun. */
  isCurrent(): boolean {
    return this.#setTimeout === setTimeout && !(this.#isBun && isFake(setTimeout));
  }

  add(entry: TimerEntry): void {
    const last = this.#last;
    entry.previous = last;
    if (last) last.next = entry;
    else this.#first = entry;
    this.#last = entry;
    if (!this.isWatched) this.#start();
  }

  #start(): void {
    this.isWatched = true;
    if (timer?.time !== this.#time) timer = new CoarseTimer(this.#time);
    timer.watch(this);
  }

  remove(entry: TimerEntry): void {
    const { previous, next } = entry;
    if (previous) previous.next = next;
    else if (this.#first === entry) this.#first = next;
    else return;
    if (next) next.previous = previous;
    else this.#last = previous;
    entry.previous = undefined;
    entry.next = undefined;
  }

  /** Dates new entries, and expires those whose time is over. */
  check(at: number, mayExpire: boolean): void {
    for (let each = this.#last; each && each.since === undefined; each = each.previous) each.since = at;
    while (mayExpire && this.#first && at - (this.#first.since ?? at) >= this.#limit) {
      const expired = this.#first;
      this.remove(expired);
      expired.expire();
    }
  }
}

let timer: CoarseTimer | undefined;

/**
 * A list of entries with this limit, on the timer that suits this runtime. Under fake timers each entry has a timer of its
 * own, exact to the millisecond, because a shared timer could be left on a clock that is gone.
 *
 * @param current the list used so far; it is kept unless a test has replaced the timers since
 */
export function timerListFor(limit: Millis, current: TimerList | undefined): TimerList {
  if (current?.isCurrent()) return current;
  const time = hostTime();
  return isRuntimesOwn(time) && !timersBelongToRequests() ? new CoarseList(limit, time) : new OwnTimers(limit);
}
