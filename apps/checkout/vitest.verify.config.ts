import { project } from '../../vitest.shared.ts';

/** Too long for every test run: the whole scenario, other ways to end it, and ten kills at random moments. */
export default project('checkout-verify', {
  test: { include: ['verify/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000, hookTimeout: 120_000 },
});
