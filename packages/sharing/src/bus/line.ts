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

/** A sending that takes longer than this will never end: on Workers, promises die with their request. */
const LONGEST_SENDING: Millis = 30_000;

/**
 * The line to a bus. At most one report is being sent, and the next one replaces what waits, because it contains it: a bus that
 * stands still costs the memory of one report. After a failure the line rests, from 250 ms up to 30 s.
 */
export class Line {
  readonly #bus: Bus;
  readonly #hear: (text: string, age?: Millis) => void;
  readonly #failed: (error: unknown) => void;
  readonly #breaker: Breaker;
  #connection: Connection | undefined;
  #waiting: string | undefined;
  #sendingSince: Millis = -Infinity;

  constructor(
    bus: Bus,
    hear: (text: string, age?: Millis) => void,
    failed: (error: unknown) => void,
    { clock, random }: Required<Pick<BreakerOptions, 'clock' | 'random'>>,
  ) {
    this.#bus = bus;
    this.#hear = hear;
    this.#failed = failed;
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
    return this.#isSending ? undefined : this.#sendWaiting();
  }

  get #isSending(): boolean {
    return this.#breaker.clock.now() - this.#sendingSince < LONGEST_SENDING;
  }

  #sendWaiting(): Promise<void> | undefined {
    const text = this.#waiting;
    this.#waiting = undefined;
    const permit = text === undefined ? undefined : this.#breaker.tryAcquire();
    if (text === undefined || !permit) return undefined;
    try {
      const ending = this.#connection ? this.#connection.send(text) : this.#connect(text);
      if (typeof read(ending, 'then') === 'function') return this.#settled(Promise.resolve(ending), permit);
      permit.settle('success');
    } catch (error) {
      this.#fail(error, permit);
    }
    return undefined;
  }

  #settled(ending: Promise<unknown>, permit: Permit): Promise<void> {
    this.#sendingSince = this.#breaker.clock.now();
    return ending
      .then(
        () => permit.settle('success'),
        (error) => this.#fail(error, permit),
      )
      .then(() => {
        this.#sendingSince = -Infinity;
        return this.#sendWaiting();
      });
  }

  #connect(text: string): unknown {
    const opened = this.#bus.open(this.#hear);
    const send = (connection: Connection): unknown => {
      this.#connection = connection;
      return connection.send(text);
    };
    return 'then' in opened ? opened.then(send) : send(opened);
  }

  #fail(error: unknown, permit: Permit): void {
    permit.settle('failure');
    this.#failed(error);
  }

  /** Sends a last report if the bus takes one, and disconnects. Never rejects. */
  async close(last: string): Promise<void> {
    this.#waiting = undefined;
    try {
      if (!this.#isSending) await this.#connection?.send(last);
    } catch {
      // The others will notice that this instance is gone.
    }
    try {
      await this.#connection?.close();
    } catch (error) {
      this.#failed(error);
    }
  }
}
