import { mixedRequests } from '@switchgear/testkit/served';
import { describe, it } from 'vitest';
import { nestOnExpress, nestOnFastify } from '../test/hosts/nest-host.ts';

describe('10,000 mixed requests leave no permit, no listener and no timer', () => {
  it.each([
    ['HTTP/1', nestOnExpress, false],
    ['HTTP/1', nestOnFastify, false],
    ['HTTP/2', nestOnFastify, true],
  ] as const)('over %s, case %#', (_protocol, host, http2) => mixedRequests(host, 10_000, http2));
});
