import { begin } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call-options.ts';
import { DerivedCall, stateOf } from '../call/derived-call.ts';
import { reasonOf } from '../call/follow.ts';
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
    this.#slots = new Slots(options.concurrent, options.reclaimAfter);
  }

  get active(): number {
    return this.#slots.taken;
  }

  get waiting(): number {
    return this.#queued.size;
  }

  run<T>(call: Call<T>, options?: CallOptions): Promise<T> {
    const outer = stateOf(options);
    if (outer?.aborted) return Promise.reject(reasonOf(outer));
    // A slot may be due to be reclaimed, and then it is for those who wait: nobody overtakes them.
    if (this.#queued.size > 0) this.#callUp();
    const slot = this.#slots.take();
    if (slot) return this.#make(call, options, slot);
    return this.#queued.size < this.queue ? this.#wait(call, options) : Promise.reject(this.#refusal('full'));
  }

  #make<T>(call: Call<T>, options: CallOptions | undefined, slot: Slot): Promise<T> {
    const context = new DerivedCall(options);
    return begin(call, context).then(
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

  #over(context: DerivedCall, slot: Slot): void {
    context.end();
    this.#slots.free(slot);
    this.#callUp();
  }

  /** Gives free slots to those who have waited longest. */
  #callUp(): void {
    for (const queued of this.#queued) {
      const slot = this.#slots.take();
      if (!slot) return;
      this.#remove(queued);
      queued.start(slot);
    }
  }

  #wait<T>(call: Call<T>, options: CallOptions | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const start = (slot: Slot): void => void this.#make(call, options, slot).then(resolve, reject);
      const leave = (queued: QueuedCall, leaving: Leaving): void => {
        this.#remove(queued);
        reject('reason' in leaving ? leaving.reason : this.#refusal('waited'));
      };
      const queued = new QueuedCall(options, start, leave);
      this.#queued.add(queued);
      this.#row ??= rowFor(this.#options.queueFor);
      this.#row.add(queued);
    });
  }

  #remove(queued: QueuedCall): void {
    this.#queued.delete(queued);
    this.#row?.remove(queued);
  }

  #refusal(because: BulkheadReason): Error {
    const { active, waiting } = this;
    return bulkheadFull(this.name, because, { active, waiting });
  }
}
