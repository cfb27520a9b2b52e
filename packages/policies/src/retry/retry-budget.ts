import type { Breaker } from '@switchgear/core';
import {
  type Reporter,
  reportTo,
  requireFunction,
  requireOptions,
  requireShare,
  requireWhole,
  rulingBrought,
} from '@switchgear/core/adapter';
import { BREAKER, requireMethod } from '../options/requirement.ts';
import { Savings } from './savings.ts';

/** Options of {@link retryBudget}. */
export interface RetryBudgetOptions {
  /**
   * How much of a retry each successful call earns: the share of calls that retries may add in the long run. Greater than 0, at
   * most 1.
   *
   * @default 0.2 as in Envoy and Finagle: a fifth more load is what a service in trouble still bears
   */
  readonly share?: number;

  /**
   * How many retries may be saved up; there are as many to begin with. At least 1.
   *
   * @default 10
   */
  readonly burst?: number;

  /**
   * The breaker of the calls. Its successes earn, so that nobody need say {@link RetryBudget.earn}, and while it is not closed
   * there are no retries. It then tells of each outcome, which costs each call some 50 ns.
   *
   * @default undefined
   */
  readonly breaker?: Breaker;

  /**
   * Told of a predicate that threw, or gave a promise, in {@link forPRetry} and its like: there is no retry then. What it
   * throws itself is dropped.
   *
   * @default undefined the breaker's own onError, where there is a breaker
   */
  readonly onError?: (error: unknown, where: string) => void;
}

/** How many retries are left, for all callers together: retries beyond it would be the outage. */
export interface RetryBudget extends Reporter {
  /** Retries that could be made now, as a number with a fraction. */
  readonly left: number;

  /** A call has succeeded. */
  earn(): void;

  /** Whether a call that failed with that error may be made again. Asking takes nothing. */
  allows(error?: unknown): boolean;

  /** The same, and takes the retry from the budget. Ask when it is about to be made. */
  spend(error?: unknown): boolean;

  /** No longer listens to the breaker. */
  stop(): void;
}

/**
 * A limit to retries, as a share of what succeeds. It repeats nothing itself: ask it from the library that does, with
 * {@link forPRetry}, {@link forAxiosRetry}, {@link forKy}, {@link forUndici} or {@link forCockatiel}. What was refused, by a breaker, a full
 * bulkhead or a deadline, is never made again: it would be refused again.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 */
export function retryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  const given = requireOptions('retryBudget', options, ['share', 'burst', 'breaker', 'onError']);
  const { share = 0.2, burst = 10, breaker, onError } = given;
  requireShare('share', share);
  requireWhole('burst', burst);
  if (breaker !== undefined) requireMethod('breaker', breaker, 'acquire', 'a breaker', BREAKER);
  if (onError !== undefined) requireFunction('onError', onError, 'a function', onError, 'console.error');

  const savings = new Savings(share, burst);
  const reporter = onError || !breaker ? reportTo(onError) : breaker;
  const allows = (error: unknown): boolean => savings.left >= 1 && isClosed(breaker) && !isRefusal(error);
  const stop = breaker?.subscribe(({ outcome }) => outcome === 'success' && savings.earn(), { outcomes: true });
  return {
    get left() {
      return savings.left;
    },
    earn: () => savings.earn(),
    allows,
    spend: (error) => allows(error) && savings.spend(),
    report: (error, where) => reporter.report(error, where),
    stop: () => stop?.(),
  };
}

function isClosed(breaker: Breaker | undefined): boolean {
  return !breaker || (breaker.state === 'closed' && breaker.retryAfter === 0);
}

/** An error that says itself that the dependency was not asked; of several errors, each must. */
function isRefusal(error: unknown): boolean {
  return rulingBrought(error)?.outcome === 'ignored';
}
