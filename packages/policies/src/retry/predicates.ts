import type { RetryBudget } from './retry-budget.ts';

/**
 * For p-retry: `pRetry(call, { shouldRetry: forPRetry(budget) })`. It asks only when a retry is left to it.
 *
 * @param and what else must hold: a predicate of your own, asked first
 */
export function forPRetry<Context extends { readonly error: unknown }>(
  budget: RetryBudget,
  and?: (context: Context) => boolean,
): (context: Context) => boolean {
  return (context) => (and?.(context) ?? true) && budget.spend(context.error);
}

/**
 * For axios-retry: `axiosRetry(client, { retryCondition: forAxiosRetry(budget, isNetworkOrIdempotentRequestError) })`.
 *
 * @param condition what else must hold, asked first: without one every failed request would be made again
 */
export function forAxiosRetry<Failure>(
  budget: RetryBudget,
  condition: (error: Failure) => boolean,
): (error: Failure) => boolean {
  return (error) => condition(error) && budget.spend(error);
}

/** What {@link forKy} gives: options to extend a client with. */
export interface KyRetryOptions {
  /** Says at once that there will be no retry, and leaves all else to ky. */
  readonly retry: { readonly shouldRetry: (failed: { readonly error: Error }) => false | undefined };

  /** Takes the retry from the budget when it is about to be made. */
  readonly hooks: { readonly beforeRetry: ((failed: { readonly error: Error }) => void)[] };
}

/** For ky: `ky.extend(forKy(budget))`. What ky itself would not repeat is not repeated. */
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

/** How undici asks whether to repeat: the callback is told the error, or nothing in order to repeat. */
export type UndiciRetry<Context> = (
  error: Error,
  context: Context,
  callback: (error?: Error | null) => void,
) => unknown;

/**
 * For undici: `new RetryAgent(agent, { retry: forUndici(budget, retry) })`. In undici that one function is all of a retry, so say with
 * `retry` when and after how long there is one; it is asked first.
 */
export function forUndici<Context>(budget: RetryBudget, retry: UndiciRetry<Context>): UndiciRetry<Context> {
  return (error, context, callback) =>
    budget.allows(error)
      ? retry(error, context, (given) => callback(given ?? (budget.spend(error) ? null : error)))
      : callback(error);
}

/**
 * For cockatiel: `retry(handleWhen(forCockatiel(budget)), { maxAttempts: 3 })`. Cockatiel asks after the last attempt as well, so a call
 * that fails for good takes one retry more than it makes.
 *
 * @param and what else must hold, asked first
 */
export function forCockatiel<Failure = unknown>(
  budget: RetryBudget,
  and?: (error: Failure) => boolean,
): (error: Failure) => boolean {
  return (error) => (and?.(error) ?? true) && budget.spend(error);
}
