import { mixedRequests } from '@switchgear/testkit/served';
import { describe, it } from 'vitest';
import { expressHost } from '../test/hosts/express-host.ts';
import { koaHost } from '../test/hosts/koa-host.ts';

describe('10,000 mixed requests leave no permit, no listener and no timer', () => {
  it.each([
    ['HTTP/1', expressHost, false],
    ['HTTP/1', koaHost, false],
    ['HTTP/2', koaHost, true],
  ] as const)('over %s, case %#', (_protocol, host, http2) => mixedRequests(host, 10_000, http2));
});
