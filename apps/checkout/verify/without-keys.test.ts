import { describe, expect, it } from 'vitest';
import { runDemo } from '../test/demo-process.ts';

describe('the short scenario without idempotency keys', () => {
  it('charges customers twice, and fails the check', async () => {
    const { result, exitCode } = await runDemo(['--short', '--phases', 'steady,hang,return', '--no-idempotency-key']);
    expect(result.without.chargedTwice).toBeGreaterThan(0);
    expect(exitCode).toBe(result.with.chargedTwice > 0 ? 1 : 0);
  });
});
