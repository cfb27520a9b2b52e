import { AsyncResource } from 'node:async_hooks';
import { findCircuitOpen } from '@switchgear/core';
import type { Message } from '../contract/options.ts';
import type { Settings } from '../contract/settings.ts';
import { attempt } from '../delivery/attempt.ts';
import { type Aborts, refusalBehind } from '../delivery/deliver.ts';
import type { Queue } from '../queue/queue.ts';
import { settlesWithin, Wakeup } from '../time/timer.ts';
import { Pace, restAfter, type Slot } from './pace.ts';

/** The waits after polls that fail or find only locked messages, in milliseconds: they double. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 1_000;

/** How long aborted deliveries may take to end, in milliseconds. */
const LAST_WAIT = 1_000;

/** One run of `drain`, from the call to the abort. */
export class Drain<Payload> {
  readonly #queue: Queue<Payload>;
  readonly #settings: Settings<Payload>;
  readonly #pace: Pace;
  readonly #wakeup = new Wakeup();
  /** Work that must end before draining does: deliveries, and messages being given back. */
  readonly #pending = new Set<Promise<void>>();
  readonly #aborts: Aborts = new Set();
  /** The context in which `drain` was called, and in which handlers run. */
  readonly #context = new AsyncResource('switchgear.outbox');
  #isStopping = false;
  #shouldPoll = true;
  #pollAt = 0;
  /** Consecutive polls that failed or found only locked messages. */
  #vainPolls = 0;

  constructor(queue: Queue<Payload>, settings: Settings<Payload>) {
    this.#queue = queue;
    this.#settings = settings;
    this.#pace = new Pace(settings.concurrent);
  }

  /** A message may be due: polls as soon as a delivery may begin. */
  poll(): void {
    this.#shouldPoll = true;
    this.#wakeup.wake();
  }

  /** Drains until the signal aborts. It never rejects, and resolves at most one second after `stopTimeout`. */
  async run(signal: AbortSignal): Promise<void> {
    const over = this.#untilOver();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#isStopping = true;
    this.#wakeup.wake();
    if (await settlesWithin(over, this.#settings.stopTimeout)) return;
    const reason = Object.assign(new Error('draining has stopped'), { name: 'AbortError' });
    for (const abort of this.#aborts) abort(reason);
    if (!(await settlesWithin(over, LAST_WAIT))) this.#queue.abandon();
  }

  async #untilOver(): Promise<void> {
    while (!this.#isStopping) {
      const now = performance.now();
      const wait = this.#pace.untilFree(now) || (this.#shouldPoll ? 0 : this.#pollAt - now);
      if (wait > 0) await this.#wakeup.wait(wait);
      else await this.#claim();
    }
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Claims as many due messages as deliveries may begin. */
  async #claim(): Promise<void> {
    this.#shouldPoll = false;
    const free = this.#pace.free(performance.now());
    try {
      const { messages, found } = await this.#queue.claim(free);
      this.#begin(messages);
      if (found > 0) this.#vainPolls = 0;
      this.#shouldPoll ||= found === free;
      if (found < free && !this.#isStopping) this.#pollAt = performance.now() + (await this.#untilDue());
    } catch (error) {
      this.#settings.reporter.report(error, 'claim');
      const refusal = findCircuitOpen(error);
      this.#pollAt = performance.now() + (refusal ? restAfter(refusal.retryAfter) : this.#pause());
    }
  }

  /** Milliseconds until the next poll. A due message that could not be claimed is locked by another transaction. */
  async #untilDue(): Promise<number> {
    const wait = await this.#queue.untilDue();
    return wait > 0 ? Math.ceil(wait) : this.#pause();
  }

  #pause(): number {
    return Math.min(FIRST_PAUSE * 2 ** this.#vainPolls++, LONGEST_PAUSE);
  }

  /** Begins as many deliveries as allowed by now, because the circuit may have refused meanwhile, and gives the others back. */
  #begin(messages: readonly Message<Payload>[]): void {
    const now = performance.now();
    const free = this.#isStopping ? 0 : this.#pace.free(now);
    for (const [index, message] of messages.entries()) {
      if (index < free) this.#track(this.#context.runInAsyncScope(() => this.#attempt(message, this.#pace.begin(now))));
      else this.#track(this.#queue.giveBack(message));
    }
  }

  async #attempt(message: Message<Payload>, slot: Slot): Promise<void> {
    // The handler starts in a continuation of its own, so that a context it enters does not leak into the next message.
    await undefined;
    const ending = await attempt(message, this.#queue, this.#settings, this.#aborts).finally(() =>
      this.#pace.end(slot),
    );
    if (ending.delivered) return this.#pace.succeeded(slot);
    const refusal = refusalBehind(ending.error);
    if (refusal) this.#pace.refused(refusal.retryAfter, performance.now());
    // The message will be due again.
    this.#shouldPoll = true;
  }

  #track(work: Promise<void>): void {
    const over = work
      .catch((error: unknown) => this.#settings.reporter.report(error, 'drain'))
      .then(() => {
        this.#pending.delete(over);
        this.#wakeup.wake();
      });
    this.#pending.add(over);
  }
}
