import { begin, notMade, whenOver } from '../call/begin.ts';
import type { Call, CallOptions, Policy } from '../call/call.ts';
import { DerivedCall } from '../call/derived-call.ts';
import { endOfWork } from '../call/policy-error.ts';
import { timerListFor } from '../time/coarse-timer.ts';
import type { TimerList } from '../time/timer-list.ts';
import { type BulkheadLoad, type BulkheadReason, bulkheadFull } from './bulkhead-full-error.ts';
import { type BulkheadOptions, type ResolvedBulkhead, resolveBulkhead } from './options.ts';
import { type Departure, QueuedCall, type Slot, Slots } from './slots.ts';

/** Limits concurrent calls, so that one slow dependency cannot use up a whole process. */
export interface Bulkhead extends Policy, BulkheadLoad {
  readonly kind: 'bulkhead';
  readonly name: string;

  /** The maximum number of concurrent calls. */
  readonly concurrent: number;

  /** The maximum number of waiting calls. */
  readonly queue: number;
}

/**
 * Limits concurrent calls: further calls wait for a slot, in order, or are refused with a {@link BulkheadFullError}, which
 * breakers ignore. A slot is kept until the work has really ended, even if a time limit inside has abandoned it.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 * @example
 * ```ts
 * const reports = bulkhead({ concurrent: 10, queue: 20, queueFor: 500 });
 * const report = await reports.run(({ signal }) => fetch('https://reports.example', { signal }));
 * ```
 */
export function bulkhead(options: BulkheadOptions): Bulkhead {
  return new CallBulkhead(resolveBulkhead(options));
}

class CallBulkhead implements Bulkhead {
  readonly kind = 'bulkhead';
  readonly name: string;
  readonly concurrent: number;
  readonly queue: number;
  readonly #options: ResolvedBulkhead;
  readonly #slots: Slots;
  readonly #queued = new Set<QueuedCall>();
  #timers: TimerList | undefined = undefined;

  constructor(options: ResolvedBulkhead) {
    this.name = options.name;
    this.concurrent = options.concurrent;
    this.queue = options.queue;
    this.#options = options;
    this.#slots = new Slots(options.concurrent, options.reclaimAfter, () => this.#giveSlots());
  }

  get active(): number {
    return this.#slots.taken;
  }

  get waiting(): number {
    return this.#queued.size;
  }

  run<T>(call: Call<T>, options?: CallOptions): Promise<T> {
    const refused = notMade(call, options);
    if (refused) return refused;
    // A slot that can be reclaimed goes to a waiting call first, so that a new call does not overtake it.
    if (this.#queued.size > 0) this.#giveSlots();
    const slot = this.#slots.take();
    if (slot) return this.#make(call, options, slot);
    if (this.#queued.size >= this.queue) return Promise.reject(this.#refusal('full'));
    // The caller's own continuation makes the call, in the context and on the async stack of its caller.
    return this.#slotFor(options).then((given) => this.#makeQueued(call, options, given));
  }

  #make<T>(call: Call<T>, options: CallOptions | undefined, slot: Slot): Promise<T> {
    const context = new DerivedCall(options);
    return whenOver(
      begin(call, context),
      (value) => {
        this.#end(context, slot);
        return value;
      },
      (error: unknown) => {
        const ended = endOfWork(error);
        if (ended) void ended.then(() => this.#end(context, slot));
        else this.#end(context, slot);
        throw error;
      },
    );
  }

  /** The caller may have given up after its slot was given and before its continuation runs. */
  #makeQueued<T>(call: Call<T>, options: CallOptions | undefined, slot: Slot): Promise<T> {
    const refused = notMade(call, options);
    if (!refused) return this.#make(call, options, slot);
    this.#free(slot);
    return refused;
  }

  #end(context: DerivedCall, slot: Slot): void {
    context.end();
    this.#free(slot);
  }

  #free(slot: Slot): void {
    this.#slots.free(slot);
    this.#giveSlots();
  }

  /** Gives free slots to the calls that have waited longest. */
  #giveSlots(): void {
    for (const queued of this.#queued) {
      const slot = this.#slots.take();
      if (!slot) return;
      this.#remove(queued);
      queued.give(slot);
    }
  }

  #slotFor(options: CallOptions | undefined): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const leave = (queued: QueuedCall, departure: Departure): void => {
        this.#remove(queued);
        reject('reason' in departure ? departure.reason : this.#refusal('waited'));
      };
      const queued = new QueuedCall(options, resolve, leave);
      this.#queued.add(queued);
      this.#timers = timerListFor(this.#options.queueFor, this.#timers);
      queued.startTimer(this.#timers);
    });
  }

  #remove(queued: QueuedCall): void {
    this.#queued.delete(queued);
    queued.stopTimer();
  }

  #refusal(because: BulkheadReason): Error {
    const { active, waiting } = this;
    return bulkheadFull(this.name, because, { active, waiting });
  }
}
