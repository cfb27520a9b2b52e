import { project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
export default project('outbox', {
  // Servers start in these tests, on machines that may be busy.
  test: {
    globalSetup: ['test/setup/one-postgres.ts'],
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
