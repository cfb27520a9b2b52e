import { loadedByVite, project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
export default project('pg', {
  test: {
    globalSetup: ['test/setup/one-postgres.ts'],
    isolate: false,
    ...loadedByVite,
    // They wait for the server more than they work.
    maxWorkers: 2,
  },
});
