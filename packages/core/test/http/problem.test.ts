import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/adapter/index.ts';

describe('a refusal as an HTTP answer', () => {
  it.each<[retryAfter: number, seconds: string]>([
    [0, '1'],
    [1, '1'],
    [1_000, '1'],
    [1_001, '2'],
    [59_999, '60'],
  ])('%d ms become %s s, never less than asked and never 0', (retryAfter, seconds) => {
    const { headers, body } = problemOf({ retryAfter });
    expect(headers['retry-after']).toBe(seconds);
    expect(JSON.parse(body)).toMatchObject({ retryAfter: Number(seconds) });
  });

  it('has no Retry-After if the time is unknown', () => {
    const { headers, body } = problemOf({ retryAfter: Number.POSITIVE_INFINITY });
    expect(headers).not.toHaveProperty('retry-after');
    expect(JSON.parse(body)).not.toHaveProperty('retryAfter');
    expect(JSON.parse(body).detail).toContain('Try again later.');
  });

  it('has the members of RFC 9457', () => {
    const { status, headers, body } = problemOf({ retryAfter: 5_000 }, '/orders/1');
    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    expect(JSON.parse(body)).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: expect.stringContaining('Try again in 5 s.'),
      instance: '/orders/1',
      retryAfter: 5,
    });
  });
});
