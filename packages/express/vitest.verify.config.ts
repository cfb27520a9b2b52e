import { loadedByVite, project } from '../../vitest.shared.ts';

/** All tests with the oldest versions we promise, installed under aliases. */
const oldest = {
  extends: true as const,
  resolve: { alias: { express: 'express-4.18', koa: 'koa-3.0' } },
  test: { name: 'express 4.18', include: ['test/**/*.test.ts'], isolate: false, ...loadedByVite },
};

/** What takes too long for every change: many mixed requests. */
const mixed = { extends: true as const, test: { name: 'express', include: ['verify/**/*.test.ts'] } };

export default project('express-verify', { test: { include: [], projects: [oldest, mixed] } });
