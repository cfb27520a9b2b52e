import { project } from '../../vitest.shared.ts';

// Servers start in these tests, on machines that may be busy.
export default project('testkit', { test: { testTimeout: 30_000, hookTimeout: 30_000 } });
