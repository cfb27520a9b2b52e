import { describe, expect, it } from 'vitest';
import { classifyHttp } from '../../src/adapter/index.ts';
import type { Ruling } from '../../src/index.ts';

const RETRY = { 'retry-after': '2' };

/** What a server says, and the ruling on it: the table of docs/overload.md. */
const table: readonly (readonly [string, Readonly<Record<string, string>>, number, Ruling])[] = [
  ['nothing', {}, 200, { outcome: 'success' }],
  ['nothing', RETRY, 503, { outcome: 'failure', kind: '503', retryAfter: 2_000 }],
  ['that Envoy dropped it', { 'x-envoy-overloaded': 'true' }, 503, { outcome: 'failure', kind: 'overloaded' }],
  [
    'that Envoy dropped it, and when to come back',
    { 'x-envoy-overloaded': 'true', ...RETRY },
    503,
    { outcome: 'failure', kind: 'overloaded', retryAfter: 2_000 },
  ],
  ['that it answered all the same', { 'x-envoy-overloaded': 'true' }, 200, { outcome: 'success' }],
  [
    'that our rate is too high',
    { 'x-envoy-ratelimited': 'true', ...RETRY },
    503,
    { outcome: 'ignored', kind: '429', retryAfter: 2_000 },
  ],
  ['that our rate is too high', RETRY, 429, { outcome: 'ignored', kind: '429', retryAfter: 2_000 }],
  [
    'that it wants no more calls',
    { 'x-envoy-immediate-health-check-fail': 'true' },
    200,
    { outcome: 'success', endpoint: 'leaving' },
  ],
  [
    'that it fails and wants no more calls',
    { 'x-envoy-immediate-health-check-fail': 'true' },
    503,
    { outcome: 'failure', kind: '503', endpoint: 'leaving' },
  ],
  ['that it is degraded', { 'x-envoy-degraded': '' }, 200, { outcome: 'success', endpoint: 'degraded' }],
  ['that it is not', { 'x-envoy-degraded': 'false' }, 200, { outcome: 'success' }],
  ...[0, 3, 5, 6, 7, 9, 11, 12, 16].map(
    (status) => [`gRPC status ${status}`, { 'grpc-status': `${status}` }, 200, { outcome: 'success' }] as const,
  ),
  ...[2, 4, 13, 14, 15].map(
    (status) =>
      [
        `gRPC status ${status}`,
        { 'grpc-status': `${status}` },
        200,
        { outcome: 'failure', kind: `grpc-${status}` },
      ] as const,
  ),
  ...[1, 8, 10].map(
    (status) =>
      [
        `gRPC status ${status}`,
        { 'grpc-status': `${status}` },
        200,
        { outcome: 'ignored', kind: `grpc-${status}` },
      ] as const,
  ),
  [
    'to stay away',
    { 'grpc-status': '8', 'grpc-retry-pushback-ms': '250' },
    200,
    { outcome: 'ignored', kind: 'grpc-8', retryAfter: 250 },
  ],
  [
    'never to retry',
    { 'grpc-status': '14', 'grpc-retry-pushback-ms': '-1' },
    200,
    { outcome: 'failure', kind: 'grpc-14' },
  ],
  ['a gRPC status that there is not', { 'grpc-status': '17' }, 200, { outcome: 'success' }],
];

describe('classifyHttp', () => {
  it.each(table)('of a server that says %s: %o with %i', (_, headers, status, ruling) => {
    expect(classifyHttp(new Headers(headers), status)).toEqual(ruling);
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(classifyHttp(plain, status)).toEqual(ruling);
  });

  it('goes by status and Retry-After alone without trust', () => {
    const said = { 'x-envoy-ratelimited': 'true', 'x-envoy-degraded': 'true', 'grpc-status': '0', ...RETRY };
    expect(classifyHttp(said, 503, undefined, false)).toEqual({ outcome: 'failure', kind: '503', retryAfter: 2_000 });
  });

  it('survives headers that cannot be read', () => {
    const broken = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    for (const headers of [undefined, null, 5, broken])
      expect(classifyHttp(headers, 503)).toMatchObject({ kind: '503' });
  });
});
