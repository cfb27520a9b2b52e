import type { ExecutionContext } from '@nestjs/common';
import {
  type Breaker,
  type CircuitOpenError,
  createRegistry,
  type Outcome,
  type Registry,
  type Ruling,
} from '@switchgear/core';
import { read, requireFunction, requireOptions, requireServingOptions } from '@switchgear/core/adapter';

/** One breaker for all calls, or a function that picks one for each; `undefined` lets a call through unprotected. */
export type NestBreakerChoice = Breaker | ((context: ExecutionContext) => Breaker | undefined);

/** The breaker of a handler: by its name in the registry, as it is, or picked for each call. `false` for none. */
export type RouteBreaker = string | false | NestBreakerChoice;

/** How a call of a handler ended. */
export interface NestEnding {
  /** Over HTTP the platform's response as its answer begins; otherwise the first value that the handler emitted. */
  readonly value: unknown;

  /** The error that the handler, or an interceptor or pipe before it, threw; `undefined` if there was none. */
  readonly thrown: unknown;
  readonly context: ExecutionContext;
}

/** Classifies how a call ended. Return `undefined` to keep the default's ruling. */
export type ClassifyNest = (ending: NestEnding) => Outcome | Ruling | undefined;

/** Answers a refused call in place of the handler: a value, a promise or an observable, or an exception that it throws. */
export type OnNestOpen = (open: CircuitOpenError, context: ExecutionContext) => unknown;

/** Options of `BreakerModule.forRoot` and of a `BreakerInterceptor` of your own. */
export interface BreakerModuleOptions {
  /**
   * The registry in which handlers name their breakers: `@UseBreaker('payments')`.
   *
   * @default one of its own that keeps 1,000, in adaptive mode
   */
  readonly registry?: Registry | undefined;

  /**
   * The breaker of handlers without `@UseBreaker`, or a function that picks one for each call. If it throws, the call fails
   * with that error.
   *
   * @default undefined: handlers without `@UseBreaker` are not protected
   */
  readonly breaker?: NestBreakerChoice | undefined;

  /**
   * Classifies how a call ended. Return `undefined` to keep the default's ruling. Not called if the client left before its
   * answer began.
   *
   * @default undefined: over HTTP the status decides, otherwise a thrown error is a failure
   */
  readonly classify?: ClassifyNest | undefined;

  /**
   * Answers a refused call in place of the handler.
   *
   * @default over HTTP an `HttpException` with status 503, and Retry-After; otherwise the `CircuitOpenError` is thrown
   */
  readonly onOpen?: OnNestOpen | undefined;
}

/** Options that are checked, with a registry. */
export type BreakerSettings = BreakerModuleOptions & { readonly registry: Registry };

/** The options as they are used: checked, with a registry. */
export function checked(options: BreakerModuleOptions): BreakerSettings {
  const given = requireOptions('BreakerModule', options, ['registry', 'breaker', 'classify', 'onOpen']);
  requireServingOptions({ breaker: given.breaker, classify: given.classify });
  const { registry = createRegistry({ options: (name) => ({ name }) }), onOpen } = given;
  requireFunction('registry', read(registry, 'get'), 'a registry', registry, 'createRegistry({ … })');
  if (onOpen !== undefined) requireFunction('onOpen', onOpen);
  return { ...given, registry };
}
