import { project } from '../../vitest.shared.ts';

/** Too long for every test run: registers whose servers die and stand still while they are asked, and 100 outages. */
export default project('sharing-verify', {
  test: { include: ['verify/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000, hookTimeout: 60_000 },
});
