import { project } from '../../vitest.shared.ts';

const newest = { extends: true as const, test: { name: 'dashboard' } };

/** The oldest Hono we promise, installed under an alias. What it does not serve is the same with both. */
const oldest = {
  extends: true as const,
  resolve: { alias: { hono: 'hono-4.8' } },
  test: { name: 'dashboard, hono 4.8', exclude: ['test/!(json|events|orders).test.ts'] },
};

export default project('dashboard', {
  // No file leaves anything behind, so all can share what they import.
  test: { projects: [newest, oldest], isolate: false },
});
