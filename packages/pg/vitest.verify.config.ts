import { project } from '../../vitest.shared.ts';

/** Too long for every test run: every way in which a database goes away, under load, and pg-pool's own tests. */
export default project('pg-verify', {
  test: { include: ['verify/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 60_000 },
});
