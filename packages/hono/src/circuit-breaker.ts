import { judge, type Permit } from '@switchgear/core';
import type { MiddlewareHandler } from 'hono';
import { checked, type HonoBreakerChoice } from './options.ts';
import { type ClassifyHono, classifyHono, classifyWithErrors, type HonoEnding, rulingOfClient } from './outcome.ts';
import { type OnHonoOpen, refused } from './refusal.ts';

/** Options of {@link circuitBreaker}. */
export interface CircuitBreakerOptions {
  /**
   * The breaker around the routes, or a function that picks one for each request: `undefined` lets that request through
   * unprotected. An error it throws is the request's error.
   */
  readonly breaker: HonoBreakerChoice;

  /**
   * Judges the endings that {@link classifyHono} judges otherwise than you would; `undefined` leaves one to it. Not asked
   * about what went wrong after the client had left.
   *
   * @default classifyHono
   */
  readonly classify?: ClassifyHono | undefined;

  /**
   * What a client gets while the circuit is open: `'respond'` answers 503 with Retry-After; `'throw'` throws the
   * `CircuitOpenError` for the app's `onError`; a function answers itself, or throws.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnHonoOpen | undefined;

  /**
   * Whether what a handler throws counts as a failure even where `onError` makes an answer below 500 of it.
   *
   * @default false
   */
  readonly countHandledErrors?: boolean | undefined;
}

/**
 * Middleware that puts a breaker around the routes after it: when they keep failing, they are left alone for a while and
 * the client is told when to come back.
 *
 * A permit is settled when the answer begins; a stream that breaks off later changes nothing.
 *
 * @throws {TypeError} for an unknown option and for one of the wrong kind
 * @example
 * ```ts
 * app.get('/weather', circuitBreaker({ breaker: createBreaker({ name: 'weather' }) }), (c) => c.json(forecast()));
 * ```
 */
export function circuitBreaker(options: CircuitBreakerOptions): MiddlewareHandler {
  const { breaker, classify, onOpen, countHandledErrors } = checked('circuitBreaker', options, [
    'breaker',
    'classify',
    'onOpen',
    'countHandledErrors',
  ]);
  const byDefault = countHandledErrors ? classifyWithErrors : classifyHono;

  return async function circuitBreaker(c, next) {
    const own = typeof breaker === 'function' ? breaker(c) : breaker;
    if (!own) return next();
    let permit: Permit;
    try {
      permit = own.acquire();
    } catch (error) {
      return refused(error, c, onOpen);
    }
    const settle = (ending: HonoEnding) =>
      permit.settle(rulingOfClient(ending) ?? judge(ending, classify, byDefault, own));
    try {
      await next();
    } catch (error) {
      settle({ error, context: c });
      throw error;
    }
    // To look at an answer that is not there would make one.
    if (c.finalized) settle({ value: c.res, context: c });
    else permit.settle('ignored');
    return undefined;
  };
}
