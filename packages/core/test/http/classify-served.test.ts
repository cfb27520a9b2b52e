import { describe, expect, it } from 'vitest';
import { classifyServed, httpRefusal } from '../../src/adapter/index.ts';
import { CircuitOpenError, isCircuitOpen } from '../../src/index.ts';

const refusal = new CircuitOpenError('below', 1_500, { rule: 'trip', at: 0 });
const full = Object.assign(new Error('full'), { '@switchgear/ruling': { outcome: 'ignored', kind: 'bulkhead' } });
const broken = Object.assign(new Error('x'), { '@switchgear/ruling': { outcome: 'failure', kind: 'x' } });

describe('the answer of a server', () => {
  it.each<[rule: string, status: number, headers: Record<string, unknown>, thrown: unknown, ruling: object]>([
    ['a 200', 200, {}, undefined, { outcome: 'success' }],
    ['a 200 with a mark', 200, { 'x-circuit-breaker': 'open' }, undefined, { outcome: 'success' }],
    ['a 500', 500, {}, new Error('x'), { outcome: 'failure', kind: '500' }],
    ['a 503 with a wait', 503, { 'retry-after': 2 }, undefined, { outcome: 'failure', kind: '503', retryAfter: 2_000 }],
    [
      'a 429 with a wait',
      429,
      { 'retry-after': '2' },
      undefined,
      { outcome: 'ignored', kind: '429', retryAfter: 2_000 },
    ],
    [
      'a date',
      503,
      { 'retry-after': 'Thu, 01 Jan 1970 00:00:03 GMT' },
      0,
      { outcome: 'failure', kind: '503', retryAfter: 2_000 },
    ],
    [
      'a refusal of another breaker',
      503,
      { 'x-circuit-breaker': 'open' },
      undefined,
      { outcome: 'ignored', kind: 'EOPENBREAKER' },
    ],
    ['a refusal that was thrown', 500, {}, refusal, { outcome: 'ignored', kind: 'EOPENBREAKER' }],
    ['a refusal that was answered well', 200, {}, refusal, { outcome: 'ignored', kind: 'EOPENBREAKER' }],
    ['a full bulkhead', 500, {}, full, { outcome: 'ignored', kind: 'bulkhead' }],
    ['an error with a ruling that excuses nothing', 404, {}, broken, { outcome: 'success' }],
  ])('%s', (_rule, status, headers, thrown, ruling) => {
    expect(classifyServed({ status, header: (name) => headers[name] }, thrown, () => 1_000)).toEqual(ruling);
  });
});

describe('a refusal as an error of HTTP', () => {
  it('has a status, Retry-After and a message for clients, and the refusal as its cause', () => {
    const error = httpRefusal(refusal);
    expect(error).toMatchObject({ status: 503, statusCode: 503, expose: true, cause: refusal });
    expect(error.headers).toEqual({ 'retry-after': '2', 'x-circuit-breaker': 'open', 'cache-control': 'no-store' });
    expect(error.message).not.toContain('below');
    expect(isCircuitOpen(error)).toBe(true);
  });
});
