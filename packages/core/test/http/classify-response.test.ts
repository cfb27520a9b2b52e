import { describe, expect, it, vi } from 'vitest';
import { classifyResponse } from '../../src/adapter/index.ts';

const now = () => Date.UTC(2026, 0, 1);
const thrower = () => {
  throw new Error('read');
};

describe('a response is classified by its status and its Retry-After', () => {
  it.each<[rule: string, status: number, headers: unknown, ruling: object]>([
    ['a success has no wait', 200, { 'retry-after': '2' }, { outcome: 'success' }],
    ['a failure without the header', 503, {}, { outcome: 'failure', kind: '503' }],
    ['in a Headers', 503, new Headers({ 'Retry-After': '2' }), { outcome: 'failure', kind: '503', retryAfter: 2_000 }],
    [
      'in plain headers of any case',
      429,
      { 'RETRY-After': '2' },
      { outcome: 'ignored', kind: '429', retryAfter: 2_000 },
    ],
    [
      'as a date',
      503,
      { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' },
      { outcome: 'failure', kind: '503', retryAfter: 7_000 },
    ],
    ['that cannot be read', 503, { 'retry-after': 'soon' }, { outcome: 'failure', kind: '503' }],
    ['no headers at all', 503, undefined, { outcome: 'failure', kind: '503' }],
    ['headers that throw', 503, new Proxy({}, { get: thrower, ownKeys: thrower }), { outcome: 'failure', kind: '503' }],
  ])('%s', (_rule, status, headers, ruling) => {
    expect(classifyResponse(status, headers, now)).toEqual(ruling);
  });

  it('a date is not used if the time is unknown', () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' };
    expect(classifyResponse(503, headers, () => undefined)).toEqual({ outcome: 'failure', kind: '503' });
  });

  it('the time is read only for such a header', () => {
    const wall = vi.fn(now);
    classifyResponse(200, { 'retry-after': '2' }, wall);
    classifyResponse(503, {}, wall);
    expect(wall).not.toHaveBeenCalled();
  });
});
