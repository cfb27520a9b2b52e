import { project } from '../../vitest.shared.ts';

/** Too long for every test run: the whole story, and ten kills at random moments. */
export default project('checkout-verify', {
  test: { include: ['verify/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 30_000 },
});
