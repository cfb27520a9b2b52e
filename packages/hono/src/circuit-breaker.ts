import { classifyWith, read } from '@switchgear/core/adapter';
import type { MiddlewareHandler } from 'hono';
import { arrivalBefore, type Place, placeFor, refusalIn } from './admission.ts';
import { type Arrival, BUFFERED_BYTES } from './arrival.ts';
import { checked, type HonoBreakerChoice } from './options.ts';
import { type ClassifyHono, classifyHono, classifyWithErrors, type HonoEnding, rulingOfClient } from './outcome.ts';
import { picked } from './picked.ts';
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

  /**
   * How many bytes of a request's body are kept while it comes in: a permit is asked for once the body is there, since a
   * client's slowness is not the service's. A body that is not smaller streams into the handler, and its request asks for a
   * permit when the rest of it has come. With 0 all bodies do.
   *
   * @default 1_048_576
   */
  readonly bufferBody?: number | undefined;
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
  const {
    breaker,
    classify,
    onOpen,
    countHandledErrors,
    bufferBody = BUFFERED_BYTES,
  } = checked('circuitBreaker', options, ['breaker', 'classify', 'onOpen', 'countHandledErrors', 'bufferBody']);
  const byDefault = countHandledErrors ? classifyWithErrors : classifyHono;

  return async function circuitBreaker(c, next) {
    const own = picked(breaker, c);
    if (!own) return next();
    const { raw } = c.req;
    const { signal } = raw;
    let arrival: Arrival;
    let place: Place;
    try {
      const incoming = read(c.env, 'incoming');
      const coming = arrivalBefore({ breaker: own, request: raw, signal, most: bufferBody, incoming });
      arrival = coming instanceof Promise ? await coming : coming;
      place = placeFor(own, arrival);
    } catch (error) {
      return refused(refusalIn(error, signal), c, onOpen);
    }
    if (arrival.request) c.req.raw = arrival.request;
    const settle = (ending: HonoEnding) =>
      place.settle(rulingOfClient(ending, signal, arrival) ?? classifyWith(ending, classify, byDefault, own));
    try {
      await next();
    } catch (error) {
      settle({ error, context: c });
      throw error;
    }
    // To look at an answer that is not there would make one.
    if (c.finalized) settle({ value: c.res, context: c });
    else place.settle('ignored');
    return undefined;
  };
}
