import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Breaker, type CircuitOpenError, findCircuitOpen } from '@switchgear/core';
import { admitRequest, breakerOfRequest, isOver } from '@switchgear/core/adapter';
import { defer, from, isObservable, mergeMap, type Observable, of, tap } from 'rxjs';
import { guardHandler } from './guard-handler.ts';
import { type BreakerModuleOptions, type BreakerSettings, checked, type RouteBreaker } from './options.ts';
import { exceptionOf, rawOf } from './refusal.ts';
import { USE_BREAKER } from './use-breaker.ts';

/**
 * The interceptor that puts breakers around handlers. `BreakerModule` installs one for the whole app; make one of your own for
 * some controllers, or for tests.
 *
 * Over HTTP a permit is settled when the answer begins, by the status that the client gets, whatever exception filters make
 * of an error. Elsewhere it is settled by the first value, by the end or by the error of the handler.
 *
 * @example
 * ```ts
 * @UseInterceptors(new BreakerInterceptor({ breaker: createBreaker({ name: 'reports' }) }))
 * ```
 */
export class BreakerInterceptor implements NestInterceptor {
  readonly #settings: BreakerSettings;
  readonly #reflector: Reflector = new Reflector();

  /** @throws {TypeError} for an unknown option or one of the wrong type */
  constructor(options: BreakerModuleOptions = {}) {
    this.#settings = checked(options);
  }

  /** Called by Nest for each call of a handler. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const breaker = this.#breakerOfRequest(context);
    if (!breaker) return next.handle();
    return context.getType() === 'http'
      ? this.#overHttp(breaker, context, next)
      : this.#elsewhere(breaker, context, next);
  }

  #breakerOfRequest(context: ExecutionContext): Breaker | undefined {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const named = this.#reflector.getAllAndOverride<RouteBreaker | true>(USE_BREAKER, [handler, controller]);
    const { registry, breaker } = this.#settings;
    const choice = named === true ? `${controller.name}.${handler.name}` : (named ?? breaker);
    if (typeof choice === 'string') return registry.get(choice);
    return choice ? breakerOfRequest(choice, context) : undefined;
  }

  #overHttp(breaker: Breaker, context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const raw = rawOf(context);
    if (isOver(raw.response)) return next.handle();
    const value: unknown = context.switchToHttp().getResponse();
    let thrown: unknown;
    const ending = () => ({ value, thrown, context });
    const { classify } = this.#settings;
    const open = admitRequest(breaker, { ...raw, ending, thrown: () => thrown, classify });
    if (open) return this.#refused(open, context, () => exceptionOf(open, context));
    return next.handle().pipe(
      tap({
        error: (error: unknown) => {
          thrown = error;
        },
      }),
    );
  }

  #elsewhere(breaker: Breaker, context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return defer(() => {
      try {
        return guardHandler(breaker.acquire(), breaker, next, context, this.#settings.classify);
      } catch (error) {
        const open = findCircuitOpen(error);
        if (!open) throw error;
        return this.#refused(open, context, () => open);
      }
    });
  }

  #refused(open: CircuitOpenError, context: ExecutionContext, exception: () => unknown): Observable<unknown> {
    const { onOpen } = this.#settings;
    return defer(async () => {
      if (!onOpen) throw exception();
      return onOpen(open, context);
    }).pipe(mergeMap((answer) => (isObservable(answer) ? from(answer) : of(answer))));
  }
}
