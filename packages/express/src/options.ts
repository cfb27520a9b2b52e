import {
  type Breaker,
  consecutiveFailures,
  createBreaker,
  fixed,
  type Outcome,
  probes,
  type Ruling,
} from '@switchgear/core';
import {
  invalid,
  requireFunction,
  requireMillis,
  requireOptions,
  requireServingOptions,
  requireWhole,
} from '@switchgear/core/adapter';
import type { NextFunction, Request, Response } from 'express';
import type { OnExpressOpen } from './refusal.ts';

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type ExpressBreakerChoice = Breaker | ((req: Request) => Breaker | undefined);

/** How a request ended: the response as its answer begins. */
export interface ExpressEnding {
  readonly value: Response;

  /** The error that handlers passed on, if `circuitErrors` stands behind them. */
  readonly thrown: unknown;
}

/** Classifies how a request ended. Return `undefined` to let the status decide. */
export type ClassifyExpress = (ending: ExpressEnding) => Outcome | Ruling | undefined;

/** Options of `circuitBreaker`. */
export interface CircuitBreakerOptions {
  /**
   * The breaker around the routes, or a function that picks one for each request: `undefined` lets that request through
   * unprotected. If it throws, the request fails with that error.
   */
  readonly breaker: ExpressBreakerChoice;

  /**
   * Classifies how a request ended. Return `undefined` to let the status decide. Not called if the client left before its
   * answer began.
   *
   * @default undefined: the status decides
   */
  readonly classify?: ClassifyExpress | undefined;

  /**
   * What a client gets while the circuit is open. `'respond'` answers 503 with Retry-After; `'throw'` passes an error with
   * status 503 to the app's error handling; a function answers itself, or calls `next`.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnExpressOpen | undefined;
}

/** The short form of the options, known from other middleware: a breaker is made of them. */
export interface ThresholdOptions {
  /**
   * How many failures in a row open the circuit: a whole number of at least 1.
   *
   * @default 5
   */
  readonly threshold?: number | undefined;

  /**
   * How long the circuit stays open, in milliseconds greater than 0. Then one request goes through: if it succeeds, the
   * circuit closes. It limits no request's time.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;

  /**
   * Answers while the circuit is open.
   *
   * @default 503 with Retry-After
   */
  readonly fallback?: ((req: Request, res: Response, next: NextFunction) => unknown) | undefined;
}

const OPTIONS = ['breaker', 'classify', 'onOpen'] as const;
const SHORT_FORM = ['threshold', 'timeout', 'fallback'] as const;

/** The options of a breaker around routes: checked, and of either form. */
export function checked(options: CircuitBreakerOptions | ThresholdOptions): CircuitBreakerOptions {
  const given: Partial<CircuitBreakerOptions & ThresholdOptions> = requireOptions('circuitBreaker', options, [
    ...OPTIONS,
    ...SHORT_FORM,
  ]);
  const { breaker, classify, onOpen } = given;
  requireServingOptions(given);
  const short = SHORT_FORM.find((name) => name in given);
  const long = OPTIONS.find((name) => name in given);
  if (short && long) throw new TypeError(`Switchgear: circuitBreaker takes ${long} or ${short}, not both`);
  if (short) return longForm(given);
  return breaker
    ? { breaker, classify, onOpen }
    : invalid('breaker', 'given', breaker, "createBreaker({ name: 'orders' })");
}

function longForm({ threshold = 5, timeout = 30_000, fallback }: ThresholdOptions): CircuitBreakerOptions {
  requireWhole('threshold', threshold);
  requireMillis('timeout', timeout);
  if (fallback !== undefined) requireFunction('fallback', fallback);
  return {
    breaker: createBreaker({
      name: 'express',
      openWhen: consecutiveFailures(threshold),
      openFor: fixed(timeout),
      recover: probes({ permitted: 1, successes: 1 }),
    }),
    onOpen: fallback && ((_open, req, res, next) => fallback(req, res, next)),
  };
}
