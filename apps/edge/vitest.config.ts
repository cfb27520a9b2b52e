import { project } from '../../vitest.shared.ts';

export default project('edge', {
  test: {
    // One file at a time: each starts three runtimes.
    fileParallelism: false,
    // No file leaves anything behind, so all can share what they import.
    isolate: false,
  },
});
