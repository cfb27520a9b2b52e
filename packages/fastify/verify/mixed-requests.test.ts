import { mixedRequests } from '@switchgear/testkit/served';
import { describe, it } from 'vitest';
import { fastifyHost } from '../test/hosts/fastify-host.ts';

describe('10,000 mixed requests leave no permit, no listener and no timer', () => {
  it.each([
    ['HTTP/1', false],
    ['HTTP/2', true],
  ] as const)('over %s', (_protocol, http2) => mixedRequests(fastifyHost, 10_000, http2));
});
