import { type ArgumentsHost, Catch, type HttpServer } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { findCircuitOpen, isCircuitOpen } from '@switchgear/core';
import { throwError } from 'rxjs';
import { exceptionOf } from './refusal.ts';

/** Stands for every exception with a refusal behind it, from any copy of core: Nest asks with `instanceof`. */
class AnyCircuitOpen extends Error {
  static override [Symbol.hasInstance](exception: unknown): boolean {
    return isCircuitOpen(exception);
  }
}

/**
 * An exception filter that answers refusals of breakers further down, such as that of a client in a service, with 503 and
 * Retry-After instead of 500. It catches nothing else. `BreakerModule` installs it for the whole app.
 *
 * @example
 * ```ts
 * @UseFilters(CircuitOpenFilter)
 * ```
 */
export class CircuitOpenFilter extends BaseExceptionFilter {
  constructor(applicationRef?: HttpServer) {
    super(applicationRef);
    // Here rather than as a decorator, because nothing happens at import.
    Catch(AnyCircuitOpen)(new.target);
  }

  /** Called by Nest for an exception with a refusal behind it. */
  override catch(exception: unknown, host: ArgumentsHost): unknown {
    const open = findCircuitOpen(exception);
    const type = host.getType<string>();
    if (type === 'http') return super.catch(open ? exceptionOf(open, host) : exception, host);
    // Elsewhere a refusal is an error like any other.
    return type === 'rpc' ? throwError(() => exception) : exception;
  }
}
