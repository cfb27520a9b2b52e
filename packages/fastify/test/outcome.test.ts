import { Readable } from 'node:stream';
import { CircuitOpenError } from '@switchgear/core';
import { watchBreaker } from '@switchgear/testkit';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CircuitBreakersOptions, circuitBreakers, circuitErrors } from '../src/index.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

const refusal = new CircuitOpenError('below', 1_500, { rule: 'trip', at: 0 });

/** The status that a client gets from one route, without a network, and what a breaker around it counts. */
async function told(handler: Handler, options: CircuitBreakersOptions = {}, errors = true): Promise<string> {
  const { breaker, permits, outcomes } = watchBreaker();
  const app = Fastify();
  onTestFinished(() => app.close());
  await app.register(circuitBreakers, options);
  if (errors) app.setErrorHandler(circuitErrors());
  app.get('/', { config: { breaker } }, handler);
  const { statusCode } = await app.inject('/');
  expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  return `${statusCode}: ${outcomes.join()}`;
}

function throwing(thrown: unknown): Handler {
  return async () => {
    throw thrown;
  };
}

describe('the status that the client gets decides', () => {
  it.each<[rule: string, handler: Handler, told: string]>([
    ['a value', async () => ({ ok: true }), '200: success'],
    ['204', (_request, reply) => reply.code(204).send(), '204: success'],
    ['408', (_request, reply) => reply.code(408).send(), '408: ignored 408'],
    ['500', (_request, reply) => reply.code(500).send({}), '500: failure 500'],
    ['505', (_request, reply) => reply.code(505).send({}), '505: success'],
    ['an error with a status', throwing(Object.assign(new Error(), { statusCode: 504 })), '504: failure 504'],
    ['an error with a status below 500', throwing(Object.assign(new Error(), { statusCode: 404 })), '404: success'],
    ['a thrown value that is no error', throwing('a word'), '500: failure 500'],
    [
      'a stream that fails before it begins',
      (_request, reply) =>
        reply.send(
          new Readable({
            read() {
              this.destroy(new Error('x'));
            },
          }),
        ),
      '500: failure 500',
    ],
    [
      'an answer that marks a refusal further down',
      (_request, reply) => reply.code(503).header('x-circuit-breaker', 'open').send({}),
      '503: ignored EOPENBREAKER',
    ],
    ['a refusal further down', throwing(refusal), '503: ignored EOPENBREAKER'],
    ['a refusal behind another error', throwing(new Error('x', { cause: refusal })), '503: ignored EOPENBREAKER'],
  ])('%s', async (_rule, handler, expected) => {
    expect(await told(handler)).toBe(expected);
  });

  it('a refusal further down is ignored without circuitErrors too, because Fastify shows the error', async () => {
    expect(await told(throwing(refusal), {}, false)).toBe('500: ignored EOPENBREAKER');
  });
});

describe('a classifier', () => {
  it('sees the reply and the error, and keeps the ruling with undefined', async () => {
    const classify: CircuitBreakersOptions['classify'] = ({ value, thrown }) =>
      value.getHeader('x-quota') || (thrown as Error | undefined)?.message === 'quota' ? 'ignored' : undefined;
    expect(await told(throwing(new Error('quota')), { classify })).toBe('500: ignored');
    expect(await told((_request, reply) => reply.header('x-quota', '0').code(500).send({}), { classify })).toBe(
      '500: ignored',
    );
    expect(await told(throwing(new Error('other')), { classify })).toBe('500: failure 500');
  });

  it('that throws changes neither the answer nor the default ruling', async () => {
    const classify = () => {
      throw new Error('a mistake');
    };
    expect(await told(async () => 'ok', { classify })).toBe('200: success');
  });
});
