import type { Ending, Millis } from '@switchgear/core';
import { invalid, requireFunction, requireOptions, requireWhole } from '@switchgear/core/adapter';
import { requireDelay, requireMethod } from '../call/requirement.ts';
import { type RetryBudget, retryBudget } from './retry-budget.ts';

/** A retry that is about to be made. */
export interface RetryEvent {
  /** The attempt that has just ended: 1 for the first. */
  readonly attempt: number;

  /** How it ended. */
  readonly ending: Ending;

  /** Milliseconds until the next attempt. */
  readonly wait: Millis;
}

/** Options of {@link retry}. */
export interface RetryOptions {
  /**
   * The name of this retry, in a pipeline's order and as the owner of what it retries; not empty.
   *
   * @default 'retry'
   */
  readonly name?: string;

  /**
   * The maximum number of attempts, including the first; a whole number, at least 1.
   *
   * @default 3
   */
  readonly attempts?: number;

  /**
   * The shortest wait before a retry; milliseconds, greater than 0. Each wait is chosen at random between this and three times
   * the wait before it ("decorrelated jitter": M. Brooker, AWS Architecture Blog, 4 March 2015), so that
   * callers who failed together do not come back together.
   *
   * @default 100 the first retry comes after 100 to 300 ms
   */
  readonly wait?: Millis;

  /**
   * The longest wait before a retry; milliseconds, at least `wait`. If the server asks for a longer one, there is no retry: the
   * caller gets the answer, which says when to come back.
   *
   * @default 5_000
   */
  readonly maxWait?: Millis;

  /**
   * What limits the retries of all callers together. Pass one to share it, or one with the breaker of the calls.
   *
   * @default retryBudget() of its own: a fifth of what succeeds through this retry, and 10 saved
   */
  readonly budget?: RetryBudget;

  /**
   * Whether to retry after this ending; `undefined` keeps the default. It is not asked after a refusal, if the
   * caller has given up, or if the server forbids retries. If it throws or returns a promise, that is reported and the
   * default applies.
   *
   * @default failures of the network or the server, and the statuses 408, 425 and 429, of an error or of a `Response`
   */
  readonly when?: (ending: Ending) => boolean | undefined;

  /**
   * Called before each wait, for logs. It cannot prevent the retry.
   *
   * @default undefined
   */
  readonly onRetry?: (event: RetryEvent) => void;

  /**
   * Receives what `when` or `onRetry` threw. What it throws itself is ignored.
   *
   * @default undefined the budget's own onError
   */
  readonly onError?: (error: unknown, where: string) => void;

  /**
   * Chooses the waits: a number from 0 up to, but not including, 1. For tests.
   *
   * @default Math.random
   */
  readonly random?: () => number;
}

/** Options with their defaults. */
export type ResolvedRetry = Required<Omit<RetryOptions, 'when' | 'onRetry' | 'onError'>> &
  Pick<RetryOptions, 'when' | 'onRetry' | 'onError'>;

const NAMES = ['name', 'attempts', 'wait', 'maxWait', 'budget', 'when', 'onRetry', 'onError', 'random'] as const;

/** The only place where the defaults of a retry are defined and its options checked. */
export function resolveRetry(options: RetryOptions): ResolvedRetry {
  const given = requireOptions('retry', options, NAMES);
  const { wait = 100, maxWait = Math.max(5_000, wait), attempts = 3, name = 'retry', random = Math.random } = given;
  const { when, onRetry, onError } = given;
  if (typeof name !== 'string' || name === '') invalid('name', 'a string that is not empty', name, "name: 'payments'");
  requireWhole('attempts', attempts);
  requireDelay('wait', wait);
  requireDelay('maxWait', maxWait);
  if (maxWait < wait) invalid('maxWait', `at least wait (${wait})`, maxWait, `maxWait: ${wait * 10}`);
  if (given.budget !== undefined) requireMethod('budget', given.budget, 'spend', 'a retry budget', 'retryBudget()');
  if (when !== undefined) requireFunction('when', when, 'a function', when, "(ending) => 'error' in ending");
  for (const [option, hook] of Object.entries({ onRetry, onError, random })) {
    if (hook !== undefined) requireFunction(option, hook, 'a function', hook, `${option}: () => {}`);
  }
  const budget = given.budget ?? retryBudget({ ...(onError && { onError }) });
  return { ...given, name, attempts, wait, maxWait, budget, random };
}
