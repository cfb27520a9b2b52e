import { project } from '../../vitest.shared.ts';

export default project('outbox', {
  // Servers start in these tests, on machines that may be busy.
  test: { globalSetup: ['test/setup/one-postgres.ts'], testTimeout: 30_000, hookTimeout: 30_000 },
});
