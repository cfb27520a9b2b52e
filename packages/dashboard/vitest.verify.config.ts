import { project } from '../../vitest.shared.ts';

/** What takes a quiet machine: how smooth the page is with hundreds of breakers, and what hearing of outcomes costs. */
export default project('dashboard-verify', {
  test: { include: ['verify/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 60_000 },
});
