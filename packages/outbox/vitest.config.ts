import { project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
export default project('outbox', {
  test: {
    globalSetup: ['test/setup/one-postgres.ts'],
    isolate: false,
    // They wait for the server more than they work.
    maxWorkers: 2,
    expect: { poll: { timeout: 20_000 } },
  },
});
