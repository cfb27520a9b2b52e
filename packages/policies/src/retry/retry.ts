import type { Ending, Millis } from '@switchgear/core';
import { adviceOf, ask, notify, type Reporter, read, reportTo } from '@switchgear/core/adapter';
import { begin, notMade } from '../call/begin.ts';
import type { Call, CallOptions, Policy, RetryOwner } from '../call/call.ts';
import { DerivedCall } from '../call/derived-call.ts';
import { type ResolvedRetry, type RetryOptions, resolveRetry } from './options.ts';
import { canPause, pause } from './pause.ts';
import type { RetryBudget } from './retry-budget.ts';
import { retryOwner } from './retry-owner.ts';

/** Makes a failed call again. */
export interface Retry extends Policy {
  readonly kind: 'retry';
  readonly name: string;

  /** The maximum number of attempts, including the first. */
  readonly attempts: number;

  /** What limits its retries. */
  readonly budget: RetryBudget;

  /** Retries made so far. */
  readonly retries: number;

  /** Calls that were made once here, because a retry around this one owns them. */
  readonly nested: number;
}

/**
 * Makes a call again if it failed and may succeed: after a wait, within a budget, and never if a breaker, a full bulkhead or a
 * deadline refused it. The caller gets what the last attempt ended with.
 *
 * It waits as long as the server asks (`Retry-After`, `retry-after-ms`, `grpc-retry-pushback-ms`), and does not retry if the
 * server forbids it (`x-should-retry: false`, a negative pushback), asks for more than `maxWait`, or if the wait would outlast the caller's deadline. When the caller's
 * signal aborts, it stops at once. Inside another retry it makes its call once: see {@link retryOwner}.
 *
 * Each attempt may reach the service, so retry only what may be done twice.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 * @example
 * ```ts
 * const orders = pipeline(retry(), createBreaker({ name: 'orders' }), timeout(1_000));
 * const order = await orders.run(({ signal }) => readOrder(7, signal));
 * ```
 */
export function retry(options: RetryOptions = {}): Retry {
  return new CallRetry(resolveRetry(options));
}

class CallRetry implements Retry {
  readonly kind = 'retry';
  readonly name: string;
  readonly attempts: number;
  readonly budget: RetryBudget;
  retries = 0;
  nested = 0;
  readonly #options: ResolvedRetry;
  readonly #reporter: Reporter;

  constructor(options: ResolvedRetry) {
    const { name, attempts, budget, onError } = options;
    this.name = name;
    this.attempts = attempts;
    this.budget = budget;
    this.#options = options;
    // A user's own budget may lack `report`.
    this.#reporter = onError ? reportTo(onError) : { report: (error, where) => budget.report?.(error, where) };
  }

  run<T>(call: Call<T>, options?: CallOptions): Promise<T> {
    const refused = notMade(call, options);
    if (refused) return refused;
    if (!retryOwner.current(options)) {
      return retryOwner.run(this.name, (owner) => this.#repeat(call, new OwnedCall(options, owner)), options);
    }
    this.nested++;
    const context = new DerivedCall(options);
    return begin(call, context).finally(() => context.end());
  }

  async #repeat<T>(call: Call<T>, context: OwnedCall): Promise<T> {
    let wait = this.#options.wait;
    try {
      for (let attempt = 1; ; attempt++) {
        let ending: { readonly value: T } | { readonly error: unknown };
        try {
          ending = { value: await begin(call, context) };
        } catch (error) {
          ending = { error };
        }
        wait = this.#nextWait(wait);
        const asked = this.#waitAfter(ending, attempt, wait, context);
        if (asked === undefined) {
          if ('error' in ending) throw ending.error;
          return ending.value;
        }
        this.retries++;
        notify('onRetry', this.#reporter, this.#options.onRetry, { attempt, ending, wait: asked });
        discard(ending);
        await pause(asked, context.signal);
      }
    } finally {
      context.end();
    }
  }

  /** Decorrelated jitter: at random between the shortest wait and three times the last one. */
  #nextWait(last: Millis): Millis {
    const { wait, maxWait, random } = this.#options;
    return Math.min(maxWait, wait + random() * (3 * last - wait));
  }

  /** Milliseconds until the next attempt; `undefined` if this ending is the caller's. Takes the retry from the budget. */
  #waitAfter(ending: Ending, attempt: number, own: Millis, context: DerivedCall): Millis | undefined {
    const { budget } = this;
    const { when, wait, maxWait, random } = this.#options;
    const advice = adviceOf(ending, Date.now());
    if (advice.isFinal || context.aborted) return undefined;
    const isWanted = (when && ask('when', this.#reporter, when, ending)) ?? advice.isRetryable;
    // A budget with a breaker earns by the breaker's successes.
    if (!isWanted && 'value' in ending && !budget.breaker) budget.earn();
    if (!isWanted || attempt >= this.attempts || advice.wait > maxWait || !canPause()) return undefined;
    // Callers who were told the same time come back spread out.
    const total = advice.wait > 0 ? advice.wait + random() * wait : own;
    if (total >= leftOf(context, this.#reporter)) return undefined;
    return budget.spend('error' in ending ? ending.error : undefined) ? total : undefined;
  }
}

/** A call that this retry owns, for runtimes without `AsyncLocalStorage`: the context says so. */
class OwnedCall extends DerivedCall {
  readonly #owner: RetryOwner;

  constructor(options: CallOptions | undefined, owner: RetryOwner) {
    super(options);
    this.#owner = owner;
  }

  override get retryOwner(): RetryOwner {
    return this.#owner;
  }
}

/** What is left of the caller's time. A deadline that throws is the caller's mistake, and must not replace the call's error. */
function leftOf(context: DerivedCall, reporter: Reporter): Millis {
  return ask('deadline', reporter, () => context.deadline?.remaining()) ?? Infinity;
}

/** Gives up the body of a `Response` that no caller will read, so that its connection is free for the next attempt. */
function discard(ending: Ending): void {
  const body = 'value' in ending && read(ending.value, 'body');
  if (typeof read(body, 'cancel') !== 'function') return;
  notify('cancel', { report: () => undefined }, () => (body as ReadableStream).cancel());
}
