import { loadedByVite, project } from '../../vitest.shared.ts';

/** All tests with the oldest version we promise, installed under an alias. */
export default project('hono 4.8', {
  resolve: { alias: { hono: 'hono-4.8' } },
  test: { isolate: false, ...loadedByVite },
});
