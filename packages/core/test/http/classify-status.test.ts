import { describe, expect, it } from 'vitest';
import { classifyStatus } from '../../src/http/classify-status.ts';

describe('a status is classified by what it says about the service', () => {
  it.each<[outcome: 'success' | 'failure' | 'ignored', statuses: readonly number[]]>([
    ['success', [100, 200, 204, 301, 304, 399, 400, 401, 403, 404, 409, 418, 422, 451, 499, 501, 505, 600, 999, 0]],
    ['failure', [500, 502, 503, 504, 506, 507, 508, 509, 510, 520, 521, 522, 524, 529, 530, 599]],
    ['ignored', [408, 421, 425, 429, 511]],
  ])('%s: %j', (outcome, statuses) => {
    expect(statuses.map((status) => classifyStatus(status).outcome)).toEqual(statuses.map(() => outcome));
  });

  it('a success has no kind, everything else is of its status', () => {
    expect(classifyStatus(404)).toEqual({ outcome: 'success' });
    expect(classifyStatus(503)).toEqual({ outcome: 'failure', kind: '503' });
    expect(classifyStatus(429)).toEqual({ outcome: 'ignored', kind: '429' });
  });

  it('a Retry-After is passed on with a failure and with a 429, not with a success', () => {
    expect(classifyStatus(503, 2_000)).toEqual({ outcome: 'failure', kind: '503', retryAfter: 2_000 });
    expect(classifyStatus(429, 0)).toEqual({ outcome: 'ignored', kind: '429', retryAfter: 0 });
    expect(classifyStatus(200, 2_000)).toEqual({ outcome: 'success' });
  });
});
