import type { CircuitOpenError } from '@switchgear/core';
import { httpRefusal, problemOf } from '@switchgear/core/adapter';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a client gets while a circuit is open. */
export type OnFastifyOpen =
  | 'respond'
  | 'throw'
  | ((open: CircuitOpenError, request: FastifyRequest, reply: FastifyReply) => unknown);

/**
 * Gives the client of a refused request what `onOpen` says.
 *
 * @returns the reply, by which Fastify knows that hooks end here
 * @throws what is to go to the app's error handler
 */
export async function refuse(
  open: CircuitOpenError,
  request: FastifyRequest,
  reply: FastifyReply,
  onOpen: OnFastifyOpen = 'respond',
): Promise<FastifyReply> {
  if (onOpen === 'throw') throw httpRefusal(open);
  if (onOpen === 'respond') return answerRefusal(open, request, reply);
  const answer = await onOpen(open, request, reply);
  // A function may have sent its answer itself, and may return the reply, as handlers do.
  if (!reply.sent && answer !== reply) reply.send(answer);
  return reply;
}

/** Answers 503 with Retry-After. Headers that earlier hooks have set stay. */
export function answerRefusal(open: CircuitOpenError, { url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { body, headers, status } = problemOf(open, url);
  return reply.code(status).headers(headers).send(body);
}
