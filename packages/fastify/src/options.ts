import type { Breaker, Outcome, Registry, Ruling } from '@switchgear/core';
import { invalid, read, requireFunction, requireOptions, requireServingOptions } from '@switchgear/core/adapter';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OnFastifyOpen } from './refusal.ts';

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type FastifyBreakerChoice = Breaker | ((request: FastifyRequest) => Breaker | undefined);

/** The breaker of a route: by its name in the registry, as it is, or picked for each request. `false` for none. */
export type RouteBreaker = string | false | FastifyBreakerChoice;

/** How a request ended: the reply as its answer begins. */
export interface FastifyEnding {
  readonly value: FastifyReply;

  /** The error that was thrown for this request, if there was one. */
  readonly thrown: unknown;
}

/** Classifies how a request ended. Return `undefined` to let the status decide. */
export type ClassifyFastify = (ending: FastifyEnding) => Outcome | Ruling | undefined;

/** Options of the plugin `circuitBreakers`. */
export interface CircuitBreakersOptions {
  /**
   * The registry in which routes name their breakers: `config: { breaker: 'payments' }`. It becomes `app.breakers`.
   *
   * @default one of its own that keeps 1,000, in adaptive mode
   */
  readonly registry?: Registry | undefined;

  /**
   * The breaker of routes that name none, or a function that picks one for each request. If it throws, the request fails
   * with that error.
   *
   * @default undefined: routes that name no breaker are not protected
   */
  readonly breaker?: FastifyBreakerChoice | undefined;

  /**
   * Classifies how a request ended. Return `undefined` to let the status decide. Not called if the client left before its
   * answer began.
   *
   * @default undefined: the status decides
   */
  readonly classify?: ClassifyFastify | undefined;

  /**
   * What a client gets while the circuit is open. `'respond'` answers 503 with Retry-After; `'throw'` throws an error with
   * status 503 for the app's error handler; a function answers by itself, or returns what is sent.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnFastifyOpen | undefined;
}

/** The plugin's options, checked. */
export function checked(options: CircuitBreakersOptions): CircuitBreakersOptions {
  const given = requireOptions('circuitBreakers', options, ['registry', 'breaker', 'classify', 'onOpen']);
  requireServingOptions(given);
  const { registry } = given;
  if (registry !== undefined) {
    requireFunction('registry', read(registry, 'get'), 'a registry', registry, 'createRegistry({ … })');
  }
  return given;
}

/**
 * Checks `config.breaker` of a route when it is added.
 *
 * @throws {TypeError} that names the route, if it is of the wrong type
 */
export function requireRouteBreaker(url: string, breaker: unknown): void {
  const fits = breaker === undefined || breaker === false || ['string', 'function'].includes(typeof breaker);
  if (fits || typeof read(breaker, 'acquire') === 'function') return;
  invalid(`config.breaker of ${url}`, 'a name, a breaker, a function or false', breaker, "'payments'");
}
