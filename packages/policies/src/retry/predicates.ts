import { ask, notify, type Reporter, read } from '@switchgear/core/adapter';
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
  return (context) => agrees('shouldRetry', budget, and, context) && budget.spend(context.error);
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
  return (error) => agrees('retryCondition', budget, condition, error) && budget.spend(error);
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
 * `retry` when and after how long there is one; it is asked first. Where it throws there is none.
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
    // No answer is a no: undici would wait for ever.
    const refuse = (thrown: unknown): never => {
      answer(error);
      throw thrown;
    };
    let timer: unknown;
    const decide = (): unknown => {
      try {
        timer = retry(error, context, answer);
      } catch (thrown) {
        refuse(thrown);
      }
      return typeof read(timer, 'then') === 'function' ? Promise.resolve(timer).catch(refuse) : undefined;
    };
    notify('retry', reporterOf(budget), decide);
    // By what it gets back undici ends the wait for a retry when its caller gives up.
    return timer;
  };
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
  return (error) => agrees('handleWhen', budget, and, error) && budget.spend(error);
}

/** A predicate that throws, or answers later, is reported, and means no: the caller gets the error that the call had. */
function agrees<Asked>(
  where: string,
  budget: RetryBudget,
  predicate: ((asked: Asked) => boolean) | undefined,
  asked: Asked,
): boolean {
  return predicate === undefined || Boolean(ask(where, reporterOf(budget), predicate, asked));
}

/** A budget of the user's own may have nobody to report to. */
function reporterOf(budget: Partial<RetryBudget>): Reporter {
  return { report: (error, where) => budget.report?.(error, where) };
}
