import { AsyncResource } from 'node:async_hooks';
import { findCircuitOpen } from '@switchgear/core';
import type { Message } from '../contract/message.ts';
import type { Settings } from '../contract/settings.ts';
import { attempt } from '../delivery/attempt.ts';
import type { Cuts } from '../delivery/deliver.ts';
import { refusalBehind } from '../delivery/refusal.ts';
import type { Queue } from '../queue/queue.ts';
import { settlesWithin } from '../time/timer.ts';
import { Bell } from './bell.ts';
import { Pace, restAfter, type Slot } from './pace.ts';

/** The waits between looks that find what cannot be had, in milliseconds: they double. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 1_000;

/** How long deliveries that have been told to end are given for it, in milliseconds. */
const LAST_WAIT = 1_000;

/** One draining of a queue, from the call to the abort. */
export class Drain<Payload> {
  readonly #queue: Queue<Payload>;
  readonly #settings: Settings<Payload>;
  readonly #pace: Pace;
  readonly #bell = new Bell();
  /** What has to be over before draining is: deliveries, and messages on their way back. */
  readonly #underWay = new Set<Promise<void>>();
  readonly #cuts: Cuts = new Set();
  /** The context of whoever called `drain`, which handlers run in. */
  readonly #context = new AsyncResource('switchgear.outbox');
  #isStopping = false;
  #shouldLook = true;
  #lookAt = 0;
  /** How many looks in a row found nothing that could be had. */
  #inVain = 0;

  constructor(queue: Queue<Payload>, settings: Settings<Payload>) {
    this.#queue = queue;
    this.#settings = settings;
    this.#pace = new Pace(settings.concurrent);
  }

  /** Something may be due: looks into the queue as soon as a message can be begun. */
  look(): void {
    this.#shouldLook = true;
    this.#bell.ring();
  }

  /** Drains until the signal aborts. It never rejects, and resolves within a second after `stopTimeout` at the latest. */
  async run(signal: AbortSignal): Promise<void> {
    const over = this.#untilOver();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#isStopping = true;
    this.#bell.ring();
    if (await settlesWithin(over, this.#settings.stopTimeout)) return;
    const reason = Object.assign(new Error('draining has stopped'), { name: 'AbortError' });
    for (const cut of this.#cuts) cut(reason);
    if (!(await settlesWithin(over, LAST_WAIT))) this.#queue.abandon();
  }

  async #untilOver(): Promise<void> {
    while (!this.#isStopping) {
      const now = performance.now();
      const wait = this.#pace.untilFree(now) || (this.#shouldLook ? 0 : this.#lookAt - now);
      if (wait > 0) await this.#bell.wait(wait);
      else await this.#take();
    }
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Takes what is due and can be begun. */
  async #take(): Promise<void> {
    this.#shouldLook = false;
    const free = this.#pace.free(performance.now());
    try {
      const { messages, found } = await this.#queue.claim(free);
      this.#begin(messages);
      if (found > 0) this.#inVain = 0;
      this.#shouldLook ||= found === free;
      if (found < free && !this.#isStopping) this.#lookAt = performance.now() + (await this.#untilDue());
    } catch (error) {
      this.#settings.reporter.report(error, 'claim');
      const refusal = findCircuitOpen(error);
      this.#lookAt = performance.now() + (refusal ? restAfter(refusal.retryAfter) : this.#pause());
    }
  }

  /** Milliseconds to the next look. What is due and was not to be had is in another transaction, which may take its time. */
  async #untilDue(): Promise<number> {
    const wait = await this.#queue.untilDue();
    return wait > 0 ? Math.ceil(wait) : this.#pause();
  }

  #pause(): number {
    return Math.min(FIRST_PAUSE * 2 ** this.#inVain++, LONGEST_PAUSE);
  }

  /** Begins as many as can be begun by now; the circuit may have refused meanwhile. The others go back. */
  #begin(messages: readonly Message<Payload>[]): void {
    const now = performance.now();
    const free = this.#isStopping ? 0 : this.#pace.free(now);
    for (const [index, message] of messages.entries()) {
      if (index < free) this.#track(this.#context.runInAsyncScope(() => this.#try(message, this.#pace.begin(now))));
      else this.#track(this.#queue.giveBack(message));
    }
  }

  async #try(message: Message<Payload>, slot: Slot): Promise<void> {
    // The handler begins in a continuation of its own: the context it enters is not that of the next message.
    await undefined;
    const ending = await attempt(message, this.#queue, this.#settings, this.#cuts).finally(() => this.#pace.end(slot));
    if (ending.delivered) return this.#pace.succeeded(slot);
    const refusal = refusalBehind(ending.error);
    if (refusal) this.#pace.refused(refusal.retryAfter, performance.now());
    // It is in the queue again, sooner or later.
    this.#shouldLook = true;
  }

  #track(work: Promise<void>): void {
    const over = work
      .catch((error: unknown) => this.#settings.reporter.report(error, 'drain'))
      .then(() => {
        this.#underWay.delete(over);
        this.#bell.ring();
      });
    this.#underWay.add(over);
  }
}
