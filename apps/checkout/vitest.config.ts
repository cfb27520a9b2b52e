import { project } from '../../vitest.shared.ts';

export default project('checkout', {
  test: {
    // One file at a time: these tests measure, and a machine that does many things at once measures none of them.
    fileParallelism: false,
    // No file leaves anything behind, so all can share what they import.
    isolate: false,
    // Real servers start and stop in most of them, and take as long as the machine makes them.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
