import type { Breaker, Outcome, Ruling } from '@switchgear/core';
import {
  admitRequest,
  bodyIsComing,
  breakerOfRequest,
  invalid,
  isOver,
  requireOptions,
  requireServingOptions,
} from '@switchgear/core/adapter';
import type { Context, Middleware } from 'koa';
import { type OnKoaOpen, refuse } from './circuit-errors.ts';

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type KoaBreakerChoice = Breaker | ((ctx: Context) => Breaker | undefined);

/** How a request ended: the context as its answer begins. */
export interface KoaEnding {
  readonly value: Context;

  /** The error that the middleware after the breaker threw, if it threw one. */
  readonly thrown: unknown;
}

/** Classifies how a request ended. Return `undefined` to let the status decide. */
export type ClassifyKoa = (ending: KoaEnding) => Outcome | Ruling | undefined;

/** Options of {@link circuitBreaker}. */
export interface CircuitBreakerOptions {
  /**
   * The breaker around the middleware after it, or a function that picks one for each request: `undefined` lets that request
   * through unprotected. If it throws, the request fails with that error.
   */
  readonly breaker: KoaBreakerChoice;

  /**
   * Classifies how a request ended. Return `undefined` to let the status decide. Not called if the client left before its
   * answer began.
   *
   * @default undefined: the status decides
   */
  readonly classify?: ClassifyKoa | undefined;

  /**
   * What a client gets while the circuit is open. `'respond'` answers 503 with Retry-After; `'throw'` throws an error with
   * status 503 for earlier middleware and the app; a function answers itself, or calls `next`.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnKoaOpen | undefined;
}

/**
 * Middleware for Koa that puts a breaker around the middleware after it. While that keeps failing, requests are refused at
 * once, and clients are told when to come back.
 *
 * A permit is settled when the answer begins; a stream that breaks off later changes nothing. A client that leaves before
 * counts neither for nor against the route.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @example
 * ```ts
 * router.get('/reports/:id', circuitBreaker({ breaker: createBreaker({ name: 'reports' }) }), sendReport);
 * ```
 */
export function circuitBreaker(options: CircuitBreakerOptions): Middleware {
  const given = requireOptions('circuitBreaker', options, ['breaker', 'classify', 'onOpen']);
  const { breaker, classify, onOpen } = given;
  requireServingOptions(given);
  if (!breaker) invalid('breaker', 'given', breaker, "createBreaker({ name: 'orders' })");

  return async function circuitBreaker(ctx, next) {
    const { req: request, res: response } = ctx;
    const own = breakerOfRequest(breaker, ctx);
    // Most bodies have arrived by the next macrotask, and then the permit is asked for like that of any other request.
    if (own && bodyIsComing(request)) await new Promise(setImmediate);
    if (!own || isOver(response)) return next();
    let thrown: unknown;
    const ending = () => ({ value: ctx, thrown });
    const open = admitRequest(own, { request, response, ending, thrown: () => thrown, classify });
    if (open) return refuse(open, ctx, next, onOpen);
    try {
      return await next();
    } catch (error) {
      thrown = error;
      throw error;
    }
  };
}
