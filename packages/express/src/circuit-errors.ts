import { findCircuitOpen } from '@switchgear/core';
import type { ErrorRequestHandler } from 'express';
import { answerRefusal } from './refusal.ts';
import { noteThrown } from './thrown.ts';

/**
 * Error-handling middleware that answers refusals of breakers further down, such as that of a client in a handler, with 503
 * and Retry-After instead of 500. All other errors go on to the next error handler.
 *
 * It also tells the breakers around a route which error was thrown there, so that a refusal further down, or a full bulkhead,
 * does not count against the route. Put it behind the routes, before other error handlers.
 *
 * @example
 * ```ts
 * app.use(circuitErrors());
 * ```
 */
export function circuitErrors(): ErrorRequestHandler {
  return function circuitErrors(error, req, res, next) {
    noteThrown(res, error);
    const open = findCircuitOpen(error);
    if (open && !res.headersSent) answerRefusal(open, req, res);
    else next(error);
  };
}
