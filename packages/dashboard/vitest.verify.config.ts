import { loadedByVite, project } from '../../vitest.shared.ts';

/** The oldest Hono we promise, installed under an alias. What it does not serve is the same with both. */
const oldest = {
  extends: true as const,
  resolve: { alias: { hono: 'hono-4.8' } },
  test: { name: 'dashboard, hono 4.8', include: ['test/{json,events,orders}.test.ts'], ...loadedByVite },
};

/** What takes a quiet machine: how smooth the page is with hundreds of breakers, and what hearing of outcomes costs. */
const quiet = { extends: true as const, test: { name: 'dashboard-verify', include: ['verify/**/*.test.ts'] } };

export default project('dashboard-verify', {
  test: { include: [], projects: [oldest, quiet], fileParallelism: false, hookTimeout: 60_000 },
});
