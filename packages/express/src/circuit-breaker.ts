import { admitRequest, bodyIsComing, breakerOfRequest, isOver } from '@switchgear/core/adapter';
import type { RequestHandler } from 'express';
import { type CircuitBreakerOptions, checked, type ThresholdOptions } from './options.ts';
import { refuse } from './refusal.ts';
import { thrownFor } from './thrown.ts';

/**
 * Middleware that puts a breaker around the routes after it. While they keep failing, requests are refused at once, and
 * clients are told when to come back.
 *
 * A permit is settled when the answer begins; a stream that breaks off later changes nothing. A client that leaves before
 * counts neither for nor against the route.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @throws {RangeError} for a number that is out of range
 * @example
 * ```ts
 * app.get('/reports/:id', circuitBreaker({ breaker: createBreaker({ name: 'reports' }) }), sendReport);
 * ```
 */
export function circuitBreaker(options: CircuitBreakerOptions | ThresholdOptions): RequestHandler {
  const { breaker, classify, onOpen } = checked(options);

  return function circuitBreaker(req, res, next) {
    const own = breakerOfRequest(breaker, req);
    if (!own) return next();
    const proceed = (): void => {
      const thrown = () => thrownFor(res);
      const ending = () => ({ value: res, thrown: thrown() });
      const served = { request: req, response: res, ending, thrown, classify };
      const open = isOver(res) ? undefined : admitRequest(own, served);
      if (open) refuse(open, req, res, next, onOpen);
      else next();
    };
    // Most bodies have arrived by the next macrotask, and then the permit is asked for like that of any other request.
    if (bodyIsComing(req)) void new Promise(setImmediate).then(proceed).catch(next);
    else proceed();
  };
}
