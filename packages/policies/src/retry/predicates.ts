import { ask, notify, type Reporter, read } from '@switchgear/core/adapter';
import type { RetryBudget } from './retry-budget.ts';

/**
 * For p-retry: `pRetry(call, { shouldRetry: forPRetry(budget) })`. p-retry asks only while it has attempts left.
 *
 * @param and a further condition, asked first
 */
export function forPRetry<Context extends { readonly error: unknown }>(
  budget: RetryBudget,
  and?: (context: Context) => boolean,
): (context: Context) => boolean {
  return (context) => agrees('shouldRetry', budget, and, context) && budget.spend(context.error);
}

/**
 * For axios-retry: `axiosRetry(client, { retryCondition: forAxiosRetry(budget, isNetworkOrIdempotentRequestError) })`.
 *
 * @param condition a further condition, asked first: without one every failed request would be retried
 */
export function forAxiosRetry<Failure>(
  budget: RetryBudget,
  condition: (error: Failure) => boolean,
): (error: Failure) => boolean {
  return (error) => agrees('retryCondition', budget, condition, error) && budget.spend(error);
}

/** The result of {@link forKy}: options to extend a client with. */
export interface KyRetryOptions {
  /** Forbids a retry at once if the budget has none; otherwise ky decides. */
  readonly retry: { readonly shouldRetry: (failed: { readonly error: Error }) => false | undefined };

  /** Takes the retry from the budget right before it is made. */
  readonly hooks: { readonly beforeRetry: ((failed: { readonly error: Error }) => void)[] };
}

/** For ky: `ky.extend(forKy(budget))`. What ky itself would not retry is not retried. */
export function forKy(budget: RetryBudget): KyRetryOptions {
  return {
    retry: { shouldRetry: ({ error }) => (budget.allows(error) ? undefined : false) },
    hooks: {
      beforeRetry: [
        ({ error }) => {
          if (!budget.spend(error)) throw error;
        },
      ],
    },
  };
}

/** Undici's retry handler: it calls back with the error to give up, or without one to retry. */
export type UndiciRetry<Context> = (
  error: Error,
  context: Context,
  callback: (error?: Error | null) => void,
) => unknown;

/**
 * For undici: `new RetryAgent(agent, { retry: forUndici(budget, retry) })`. In undici this one function decides everything about a
 * retry, so `retry` must decide whether and when there is one; it is asked first. If it throws, there is no retry.
 */
export function forUndici<Context>(budget: RetryBudget, retry: UndiciRetry<Context>): UndiciRetry<Context> {
  return (error, context, callback) => {
    if (!budget.allows(error)) return callback(error);
    let isAnswered = false;
    const answer = (given: Error | null | undefined): void => {
      if (isAnswered) return;
      isAnswered = true;
      callback(given ?? (budget.spend(error) ? null : error));
    };
    // Give up if `retry` fails, because undici would wait for ever.
    const giveUp = (thrown: unknown): never => {
      answer(error);
      throw thrown;
    };
    let timer: unknown;
    const decide = (): unknown => {
      try {
        timer = retry(error, context, answer);
      } catch (thrown) {
        giveUp(thrown);
      }
      return typeof read(timer, 'then') === 'function' ? Promise.resolve(timer).catch(giveUp) : undefined;
    };
    notify('retry', reporterOf(budget), decide);
    // Undici clears this timer when its caller gives up.
    return timer;
  };
}

/**
 * For cockatiel: `retry(handleWhen(forCockatiel(budget)), { maxAttempts: 3 })`. Cockatiel asks after the last attempt as well, so a call
 * that fails every time takes one retry more from the budget than it makes.
 *
 * @param and a further condition, asked first
 */
export function forCockatiel<Failure = unknown>(
  budget: RetryBudget,
  and?: (error: Failure) => boolean,
): (error: Failure) => boolean {
  return (error) => agrees('handleWhen', budget, and, error) && budget.spend(error);
}

/** Asks a predicate. If it throws or returns a promise, that is reported and counts as false: the caller gets the call's error. */
function agrees<Asked>(
  where: string,
  budget: RetryBudget,
  predicate: ((asked: Asked) => boolean) | undefined,
  asked: Asked,
): boolean {
  return predicate === undefined || Boolean(ask(where, reporterOf(budget), predicate, asked));
}

/** A user's own implementation of a budget may lack `report`. */
function reporterOf(budget: Partial<RetryBudget>): Reporter {
  return { report: (error, where) => budget.report?.(error, where) };
}
