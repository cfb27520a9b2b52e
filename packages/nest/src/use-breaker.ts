import { SetMetadata } from '@nestjs/common';
import { invalid, read } from '@switchgear/core/adapter';
import type { RouteBreaker } from './options.ts';

/** Where Nest keeps the breaker of a handler or controller. `true` names it after the handler. */
export const USE_BREAKER = '@switchgear/nest/use-breaker';

/**
 * Puts a breaker around a handler, or around all handlers of a controller: by its name in the registry, the breaker itself, or
 * a function that picks one for each call. Without an argument each handler has its own, named `Class.method`; `false`
 * exempts a handler.
 *
 * @throws {TypeError} if it is none of these
 * @example
 * ```ts
 * @Get(':id')
 * @UseBreaker('reports')
 * report(@Param('id') id: string) { … }
 * ```
 */
export function UseBreaker(breaker?: RouteBreaker): MethodDecorator & ClassDecorator {
  const fits = breaker === undefined || breaker === false || ['string', 'function'].includes(typeof breaker);
  if (!fits && typeof read(breaker, 'acquire') !== 'function') {
    invalid('what @UseBreaker is given', 'a name, a breaker, a function or false', breaker, "'payments'");
  }
  return SetMetadata(USE_BREAKER, breaker ?? true);
}
