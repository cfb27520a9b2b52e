import { project } from '../../vitest.shared.ts';

export default project('edge', {
  test: {
    // One file at a time: each starts three runtimes.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
