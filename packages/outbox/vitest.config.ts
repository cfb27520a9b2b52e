import { project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
export default project('outbox', {
  test: {
    globalSetup: ['test/setup/one-postgres.ts'],
    isolate: false,
    expect: { poll: { timeout: 20_000 } },
  },
});
