import { type GuardEnding, read } from '@switchgear/core/adapter';
import type { MiddlewareHandler } from 'hono';
import { guardRequest } from './guard-request.ts';
import { breakerOf, checked, type HonoBreakerChoice } from './options.ts';
import { type ClassifyHono, classifyHono, classifyWithErrors, type HonoEnding, routeSucceeded } from './outcome.ts';
import { type OnHonoOpen, refuseRequest } from './refusal.ts';
import { BUFFERED_BYTES } from './request-body.ts';

/** Options of {@link circuitBreaker}. */
export interface CircuitBreakerOptions {
  /**
   * The breaker around the routes, or a function that picks one for each request: `undefined` lets that request through
   * unprotected. If it throws, the request fails with that error.
   */
  readonly breaker: HonoBreakerChoice;

  /**
   * Classifies how a request ended. Return `undefined` to keep the ruling of {@link classifyHono}. Not called for what went
   * wrong after the client had left.
   *
   * @default classifyHono
   */
  readonly classify?: ClassifyHono | undefined;

  /**
   * What a client gets while the circuit is open. `'respond'` answers 503 with Retry-After; `'throw'` throws the
   * `CircuitOpenError` for the app's `onError`; a function answers or throws itself.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnHonoOpen | undefined;

  /**
   * Whether an error that a handler throws counts as a failure even if `onError` turns it into an answer below 500.
   *
   * @default false
   */
  readonly countHandledErrors?: boolean | undefined;

  /**
   * How many bytes of a request's body are kept while it comes in. A permit is asked for once the body is in, because a slow
   * client says nothing about the service. A body of this size or more streams into the handler, and its request asks for a
   * permit when the rest has come. With 0, every body streams.
   *
   * @default 1_048_576
   */
  readonly bufferBody?: number | undefined;
}

/**
 * Middleware that puts a breaker around the routes after it. While they keep failing, requests are refused, and clients are
 * told when to come back.
 *
 * A permit is settled when the answer begins; a stream that breaks off later changes nothing.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @example
 * ```ts
 * app.get('/weather', circuitBreaker({ breaker: createBreaker({ name: 'weather' }) }), (c) => c.json(forecast()));
 * ```
 */
export function circuitBreaker(options: CircuitBreakerOptions): MiddlewareHandler {
  const names = ['breaker', 'classify', 'onOpen', 'countHandledErrors', 'bufferBody'] as const;
  const settings = checked('circuitBreaker', options, [...names]);
  const { breaker, classify, onOpen, countHandledErrors, bufferBody = BUFFERED_BYTES } = settings;
  const byDefault = countHandledErrors ? classifyWithErrors : classifyHono;

  return function circuitBreaker(c, next) {
    const own = breakerOf(breaker, c);
    if (!own) return next();
    const { raw } = c.req;
    const inContext = (ending: GuardEnding<unknown>): HonoEnding =>
      'error' in ending ? { error: ending.error, context: c } : { value: c.res, context: c };
    return guardRequest<Response | undefined>(own, {
      request: raw,
      signal: raw.signal,
      bufferBody,
      nodeRequest: read(c.env, 'incoming'),
      prepare: ({ request }) => {
        if (request) c.req.raw = request;
        return next as () => Promise<undefined>;
      },
      classify: classify && ((ending) => classify(inContext(ending))),
      byDefault: (ending) => byDefault(inContext(ending), () => own.clock.wall()),
      succeeded: (ending) => routeSucceeded(inContext(ending)),
      received(_, settle, permit) {
        // Checked first because reading `c.res` creates an answer where none was given.
        if (c.finalized) settle({ value: undefined });
        else permit.settle('ignored');
        return undefined;
      },
      onRefused: (open) => refuseRequest(open, c, onOpen),
    });
  };
}
