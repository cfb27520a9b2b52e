import { project } from '../../vitest.shared.ts';

export default project('browser-demo', {
  // Several seconds of the story pass in real time: a real browser asks a real server.
  test: { testTimeout: 60_000, hookTimeout: 30_000 },
});
