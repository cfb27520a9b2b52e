import { project } from '../../vitest.shared.ts';

export default project('checkout', {
  test: {
    // One file at a time: these tests measure, and a machine that does many things at once measures none of them.
    fileParallelism: false,
    // Real servers start and stop in most of them.
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
});
