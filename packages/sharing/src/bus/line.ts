import {
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  exponential,
  type Millis,
  type Permit,
  probes,
} from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Bus, Connection } from '../ports/bus.ts';
import type { Scheduler } from '../ports/scheduler.ts';

/** A sending that takes longer than this will never end: on Workers, promises die with their request. */
const LONGEST_SENDING: Millis = 30_000;
/** After this without an answer, somebody should know. */
const SILENCE: Millis = 5_000;
/** The most faults that are told until a report gets through. */
const MOST_TOLD = 10;
/** How long closing waits for the bus. */
const LONGEST_CLOSING: Millis = 1_000;

type LineOptions = Required<Pick<BreakerOptions, 'clock' | 'random'>> & { readonly scheduler: Scheduler };

/**
 * The line to a bus. At most one report is being sent, and the next one replaces what waits, because it contains it: a bus that
 * stands still costs the memory of one report. After a failure the line rests, from 250 ms up to 30 s.
 */
export class Line {
  readonly #bus: Bus;
  readonly #hear: (text: string, age?: Millis) => void;
  readonly #failed: (error: unknown) => void;
  readonly #breaker: Breaker;
  readonly #scheduler: Scheduler;
  #connection: Connection | undefined;
  #waiting: string | undefined;
  #sendingSince: Millis = -Infinity;
  /** The faults that were told since a report got through: a store that is down says the same again and again. */
  readonly #told = new Set<string>();
  #isClosed = false;

  constructor(
    bus: Bus,
    hear: (text: string, age?: Millis) => void,
    failed: (error: unknown) => void,
    { clock, random, scheduler }: LineOptions,
  ) {
    this.#bus = bus;
    this.#hear = hear;
    this.#failed = failed;
    this.#scheduler = scheduler;
    const openFor = exponential(250, { max: 30_000 });
    const [openWhen, window, recover] = [consecutiveFailures(1), countWindow(1), probes({ permitted: 1 })];
    this.#breaker = createBreaker({ name: 'bus', openWhen, window, openFor, recover, clock, random });
  }

  /**
   * Sends a report, now or once the one before has been sent. Never throws.
   *
   * @returns a promise that never rejects if the bus needs time, otherwise undefined
   */
  send(text: string): Promise<void> | undefined {
    this.#waiting = text;
    const silence = this.#breaker.clock.now() - this.#sendingSince;
    if (silence >= LONGEST_SENDING) return this.#sendWaiting();
    if (silence >= SILENCE) this.#tell(new Error('The bus takes no reports: no answer for 5 s'));
    return undefined;
  }

  #sendWaiting(): Promise<void> | undefined {
    const text = this.#waiting;
    this.#waiting = undefined;
    const permit = text === undefined ? undefined : this.#breaker.tryAcquire();
    if (text === undefined || !permit) return undefined;
    try {
      const ending = this.#connection ? this.#connection.send(text) : this.#connect(text);
      if (typeof read(ending, 'then') === 'function') return this.#settled(Promise.resolve(ending), permit);
      this.#succeed(permit);
    } catch (error) {
      this.#fail(error, permit);
    }
    return undefined;
  }

  #settled(ending: Promise<unknown>, permit: Permit): Promise<void> {
    this.#sendingSince = this.#breaker.clock.now();
    return ending
      .then(
        () => this.#succeed(permit),
        (error) => this.#fail(error, permit),
      )
      .then(() => {
        this.#sendingSince = -Infinity;
        return this.#sendWaiting();
      });
  }

  #connect(text: string): unknown {
    const opened = this.#bus.open(this.#hear, (error) => this.#tell(error));
    const send = (connection: Connection): unknown => {
      // Opening may have taken so long that it was tried again, or is not wanted any more.
      if (this.#connection || this.#isClosed) return connection.close();
      this.#connection = connection;
      return connection.send(text);
    };
    return 'then' in opened ? opened.then(send) : send(opened);
  }

  #succeed(permit: Permit): void {
    permit.settle('success');
    this.#told.clear();
  }

  #fail(error: unknown, permit: Permit): void {
    permit.settle('failure');
    this.#tell(error);
  }

  #tell(error: unknown): void {
    const text = String(read(error, 'message') ?? error);
    if (this.#isClosed || this.#told.has(text) || this.#told.size === MOST_TOLD) return;
    this.#told.add(text);
    this.#failed(error);
  }

  /** Sends a last report if it can, and disconnects. Never rejects, and does not wait long for a bus that stands still. */
  async close(last: string): Promise<void> {
    this.#isClosed = true;
    // If this fails, the others will notice that this instance is gone.
    await this.#within(() => this.#connection?.send(last)).catch(() => {});
    await this.#within(() => this.#connection?.close()).catch(this.#failed);
  }

  async #within(act: () => unknown): Promise<unknown> {
    let stop = (): void => {};
    const late = new Promise<void>((resolve) => {
      stop = this.#scheduler.after(LONGEST_CLOSING, resolve);
    });
    try {
      return await Promise.race([act(), late]);
    } finally {
      stop();
    }
  }
}
