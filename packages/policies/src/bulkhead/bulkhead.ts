import { begin, notMade, whenOver } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call-options.ts';
import { DerivedCall } from '../call/derived-call.ts';
import type { Policy } from '../call/policy.ts';
import type { WaitingRow } from '../call/waiting.ts';
import { endOfWork } from '../errors/policy-error.ts';
import { rowFor } from '../timeout/row-for.ts';
import { type BulkheadLoad, type BulkheadReason, bulkheadFull } from './bulkhead-full-error.ts';
import { type BulkheadOptions, type ResolvedBulkhead, resolveBulkhead } from './options.ts';
import { type Leaving, QueuedCall } from './queued-call.ts';
import { type Slot, Slots } from './slots.ts';

/** So many calls at once and no more, so that one slow dependency cannot take all of a process. */
export interface Bulkhead extends Policy, BulkheadLoad {
  readonly kind: 'bulkhead';
  readonly name: string;

  /** How many calls may be under way at once. */
  readonly concurrent: number;

  /** How many more may wait. */
  readonly queue: number;
}

/**
 * Isolation: calls beyond so many wait for a slot, in order, or are refused with a {@link BulkheadFullError}, which breakers
 * ignore. A slot is kept until the work has really ended, also where a time limit inside has given it up.
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
  #row: WaitingRow | undefined = undefined;

  constructor(options: ResolvedBulkhead) {
    this.name = options.name;
    this.concurrent = options.concurrent;
    this.queue = options.queue;
    this.#options = options;
    this.#slots = new Slots(options.concurrent, options.reclaimAfter, () => this.#callUp());
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
    // A slot may be due to be reclaimed, and then it is for those who wait: nobody overtakes them.
    if (this.#queued.size > 0) this.#callUp();
    const slot = this.#slots.take();
    if (slot) return this.#make(call, options, slot);
    if (this.#queued.size >= this.queue) return Promise.reject(this.#refusal('full'));
    // The caller's own continuation makes the call: in the context, and on the stack, of who asked for it.
    return this.#slotFor(options).then((given) => this.#makeQueued(call, options, given));
  }

  #make<T>(call: Call<T>, options: CallOptions | undefined, slot: Slot): Promise<T> {
    const context = new DerivedCall(options);
    return whenOver(
      begin(call, context),
      (value) => {
        this.#over(context, slot);
        return value;
      },
      (error: unknown) => {
        const ended = endOfWork(error);
        if (ended) void ended.then(() => this.#over(context, slot));
        else this.#over(context, slot);
        throw error;
      },
    );
  }

  /** The caller may have given up between being called up and its turn. */
  #makeQueued<T>(call: Call<T>, options: CallOptions | undefined, slot: Slot): Promise<T> {
    const refused = notMade(call, options);
    if (!refused) return this.#make(call, options, slot);
    this.#free(slot);
    return refused;
  }

  #over(context: DerivedCall, slot: Slot): void {
    context.end();
    this.#free(slot);
  }

  #free(slot: Slot): void {
    this.#slots.free(slot);
    this.#callUp();
  }

  /** Gives free slots to those who have waited longest. */
  #callUp(): void {
    for (const queued of this.#queued) {
      const slot = this.#slots.take();
      if (!slot) return;
      this.#remove(queued);
      queued.callUp(slot);
    }
  }

  #slotFor(options: CallOptions | undefined): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const leave = (queued: QueuedCall, leaving: Leaving): void => {
        this.#remove(queued);
        reject('reason' in leaving ? leaving.reason : this.#refusal('waited'));
      };
      const queued = new QueuedCall(options, resolve, leave);
      this.#queued.add(queued);
      this.#row = rowFor(this.#options.queueFor, this.#row);
      queued.waitIn(this.#row);
    });
  }

  #remove(queued: QueuedCall): void {
    this.#queued.delete(queued);
    queued.leaveRow();
  }

  #refusal(because: BulkheadReason): Error {
    const { active, waiting } = this;
    return bulkheadFull(this.name, because, { active, waiting });
  }
}
