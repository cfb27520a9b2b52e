import { project } from '../../vitest.shared.ts';

export default project('dashboard', {
  // Some tests drive a real browser.
  test: { testTimeout: 30_000, hookTimeout: 30_000 },
});
