import { findCircuitOpen } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerRefusal } from './refusal.ts';

/**
 * An error handler that answers refusals of breakers further down, such as that of a client in a handler, with 503 and
 * Retry-After instead of 500. All other errors go on to the error handler around it, by default Fastify's own.
 *
 * @example
 * ```ts
 * app.setErrorHandler(circuitErrors());
 * ```
 */
export function circuitErrors(): (error: unknown, request: FastifyRequest, reply: FastifyReply) => void {
  return function circuitErrors(error, request, reply) {
    const open = findCircuitOpen(error);
    if (open) return void answerRefusal(open, request, reply);
    // Fastify would send a value that is no error as a good answer.
    if (!(error instanceof Error)) reply.code(statusIn(error));
    throw error;
  };
}

/** The status that Fastify's own error handler takes from a thrown value. */
function statusIn(thrown: unknown): number {
  const status = Number(read(thrown, 'statusCode') ?? read(thrown, 'status'));
  return status >= 400 && status <= 599 ? status : 500;
}
