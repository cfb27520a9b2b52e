import { project } from '../../vitest.shared.ts';

export default project('browser-demo', {
  // Several seconds of the scenario pass in real time: a real browser asks a real server.
  // No file leaves anything behind, so all can share what they import.
  test: { isolate: false, maxConcurrency: 2 },
});
