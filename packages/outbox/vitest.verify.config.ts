import { project } from '../../vitest.shared.ts';

export default project('outbox-verify', {
  test: {
    include: ['verify/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
