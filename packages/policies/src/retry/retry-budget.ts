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
import { BREAKER, requireMethod } from '../call/requirement.ts';

/** Options of {@link retryBudget}. */
export interface RetryBudgetOptions {
  /**
   * The share of a retry that each successful call earns, and so the share of calls that retries add in the long run. Greater
   * than 0, at most 1.
   *
   * @default 0.2 as in Envoy and Finagle: a service in trouble can still bear a fifth more load
   */
  readonly share?: number;

  /**
   * The maximum number of saved retries; the budget starts with this many. At least 1.
   *
   * @default 10
   */
  readonly burst?: number;

  /**
   * The breaker of the calls. Its successes earn retries, so {@link RetryBudget.earn} is not needed, and there are no retries
   * unless it is closed. It then reports each outcome, which costs each call some 50 ns.
   *
   * @default undefined
   */
  readonly breaker?: Breaker;

  /**
   * Receives what a predicate in {@link forPRetry} and the like threw, or an error if it returned a promise: there is no retry
   * then. What it throws itself is ignored.
   *
   * @default undefined the breaker's own onError, if there is a breaker
   */
  readonly onError?: (error: unknown, where: string) => void;
}

/** How many retries are left for all callers together. More retries would prolong the outage. */
export interface RetryBudget extends Reporter {
  /** The breaker by whose successes it earns; without one, call {@link RetryBudget.earn}, as {@link retry} does. */
  readonly breaker?: Breaker | undefined;

  /** Retries left now, with their fraction. */
  readonly left: number;

  /** Adds `share` of a retry, for a call that has succeeded. */
  earn(): void;

  /** Whether a call that failed with this error may be retried. Takes nothing from the budget. */
  allows(error?: unknown): boolean;

  /** The same, and takes the retry from the budget. Call it right before the retry. */
  spend(error?: unknown): boolean;

  /** Stops listening to the breaker. */
  stop(): void;
}

/**
 * Limits retries to a share of what succeeds. It retries nothing itself: {@link retry} asks it, and so do other libraries, with
 * {@link forPRetry}, {@link forAxiosRetry}, {@link forKy}, {@link forUndici} or {@link forCockatiel}. A call that a breaker, a full
 * bulkhead or a deadline refused is never retried, because it would be refused again.
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

  const saved = new SavedRetries(share, burst);
  const reporter = onError || !breaker ? reportTo(onError) : breaker;
  const allows = (error: unknown): boolean => saved.left >= 1 && isClosed(breaker) && !isRefusal(error);
  const stop = breaker?.subscribe(({ outcome }) => outcome === 'success' && saved.earn(), { outcomes: true });
  return {
    breaker,
    get left() {
      return saved.left;
    },
    earn: () => saved.earn(),
    allows,
    spend: (error) => allows(error) && saved.spend(),
    report: (error, where) => reporter.report(error, where),
    stop: () => stop?.(),
  };
}

function isClosed(breaker: Breaker | undefined): boolean {
  return !breaker || (breaker.state === 'closed' && breaker.retryAfter === 0);
}

/** Whether the error says that the dependency was not called; of several errors behind one, each must. */
function isRefusal(error: unknown): boolean {
  return rulingBrought(error)?.outcome === 'ignored';
}

/** Rounding to billionths: sums of shares such as 1/7 and 0.1 are off by far less, and no share is given more exactly. */
const PER_UNIT = 1e9;

/**
 * Saved retries: whole ones, and shares of one. It counts the shares and multiplies once, so that seven times 1/7 is always 1.
 */
class SavedRetries {
  readonly #share: number;
  readonly #most: number;
  #whole: number;
  #shares = 0;

  constructor(share: number, most: number) {
    this.#share = share;
    this.#most = most;
    this.#whole = most;
  }

  get left(): number {
    return this.#whole + Math.round(this.#shares * this.#share * PER_UNIT) / PER_UNIT;
  }

  earn(): void {
    this.#shares++;
    if (this.left < this.#most) return;
    this.#whole = this.#most;
    this.#shares = 0;
  }

  /** @returns whether a whole retry was left */
  spend(): boolean {
    if (this.left < 1) return false;
    this.#whole--;
    return true;
  }
}
